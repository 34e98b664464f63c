"""Letters that look like ours, and Latin letters that other alphabets add to it.

Made by `tools/confusables.py`. Sources: Unicode 17.0.0, confusables.txt (UTS 39; copyright Unicode, Inc., Unicode
License v3), reduced to what looks like a letter or digit of ours; the spelling of Latin letters: anyascii 0.3 (ISC).
"""

from __future__ import annotations

from collections.abc import Mapping

WRITTEN: Mapping[str, str] = {
    "2": ("\u01a7\u01a8\u03e8\u03e9\u14bf\ua644\ua645\ua6ef"),
    "3": (
        "\u0417\u0437\u0498\u0499\u04e0\u04e1\u2c9c\u2c9d\u2cc4\u2cc5"
        "\u2ccc\u2ccd\ua72a\ua72b\ua76a\ua76b\U000118ca\U00016f3b"
    ),
    "4": ("\u13ce\ua72c\ua72d\uab9e\U000118af\U000118cf"),
    "5": ("\u01bc\u01bd\U000118bb\U000118db"),
    "6": ("\u0184\u0185\u03ec\u0431\u13ee\u2cd2\u2cd3\u2cdc\u2cdd\uabbe\U000118d5"),
    "7": ("\U000104d2\U000104fa\U000118c6"),
    "8": ("\U0001031a\U0001e8cb"),
    "9": ("\u2cca\u2ccb\ua76e\ua76f\U000118ac\U000118cc\U000118d6"),
    "a": (
        "\u023a\u0245\u0250\u0251\u0252\u028c\u0391\u03b1\u0410\u0430"
        "\u13aa\u15c5\u1d00\u1d8f\u1d90\u2c65\u2c6d\u2c6f\u2c70\ua4ee"
        "\ua7ba\ua7bb\uab30\uab64\uab7a\U000102a0\U00016f40"
    ),
    "aa": ("\ua732\ua733"),
    "ae": ("\xc6\xe6\u04d4\u04d5\u1d01\u1d02\ua79a\ua79b\uab31"),
    "ao": ("\ua734\ua735"),
    "au": ("\ua736\ua737"),
    "av": ("\ua738\ua739\ua73a\ua73b"),
    "ay": ("\ua73c\ua73d"),
    "b": (
        "\u0180\u0181\u0182\u0183\u0243\u0253\u0299\u0392\u03b2\u0411"
        "\u0412\u042c\u0432\u044c\u0462\u0463\u048c\u048d\u13cf\u13f4"
        "\u13fc\u1472\u1473\u15af\u15f7\u1d03\u1d6c\u1d80\u2c82\u2c83"
        "\ua4d0\ua796\ua797\ua7b4\ua7b5\uab9f\U00010282\U000102a1\U00010301"
    ),
    "bl": ("\u042b\u044b"),
    "c": (
        "\u0187\u0188\u01c0\u023b\u023c\u0255\u0421\u0441\u04aa\u04ab"
        "\u1004\u105a\u13df\u1d04\u2184\u2ca4\u2ca5\ua4da\ua792\ua793"
        "\ua794\ua7c4\uabaf\U000102a2\U00010302\U00010415\U0001043d\U0001051c\U000118f2"
    ),
    "d": (
        "\xd0\xf0\u0110\u0111\u0189\u018a\u018b\u018c\u0221\u0256"
        "\u0257\u0501\u13a0\u13e7\u146f\u15de\u15ea\u1d05\u1d06\u1d6d"
        "\u1d81\u1d91\u1e9f\ua4d2\ua4d3\ua779\ua77a\ua7c7\ua7c8\uab70"
        "\uabb7"
    ),
    "db": ("\u0238"),
    "dz": ("\u01bb\u02a3\u02a5\uab66"),
    "dzh": ("\u02a4"),
    "e": (
        "\u018e\u018f\u0190\u01dd\u0246\u0247\u0258\u0259\u025b\u025c"
        "\u0395\u03b5\u0415\u0435\u04bd\u04bf\u13ac\u1d07\u1d08\u1d92"
        "\u1d93\u1d94\u1d95\u2c78\u2c7b\u2d39\ua4f0\ua7ab\uab32\uab33"
        "\uab34\uab7c\U00010286\U000118a6\U000118ae\U000118ce"
    ),
    "er": ("\u025a\u025d"),
    "f": (
        "\u0191\u0192\u0278\u03dc\u03dd\u0584\u15b4\u1d6e\u1d82\u1e9d"
        "\ua4dd\ua730\ua77b\ua77c\ua798\ua799\ua7fb\uab35\U00010287\U000102a5"
        "\U00010525\U000118a2\U000118c2"
    ),
    "fng": ("\u02a9"),
    "g": (
        "\u0193\u0194\u01e4\u01e5\u0260\u0261\u0262\u0263\u029b\u050c"
        "\u050d\u0581\u13c0\u13f3\u13fb\u1d77\u1d79\u1d83\ua4d6\ua77d"
        "\ua7a0\ua7a1\ua7ac\ua7d0\ua7d1\uab36\uab90"
    ),
    "gh": ("\u01a2\u01a3"),
    "h": (
        "\u0126\u0127\u0266\u0267\u029c\u0397\u041d\u043d\u045b\u04a2"
        "\u04a3\u04bb\u04c7\u04c8\u04c9\u04ca\u0570\u13bb\u13c2\u13f2"
        "\u13fa\u157c\u2c67\u2c68\u2c75\u2c76\u2c8e\u2c8f\ua4e7\ua695"
        "\ua726\ua727\ua795\ua7aa\ua7f5\ua7f6\uab8b\uab92\U000102cf"
    ),
    "hw": ("\u0195\u01f6"),
    "i": (
        "\u0131\u0196\u0197\u0268\u0269\u026a\u027f\u0285\u0399\u03b9"
        "\u0406\u0456\u04c0\u0582\u13a5\u13de\u1d09\u1d7b\u1d7c\u1d96"
        "\u2c92\u2c93\u2cd0\ua647\ua7ae\ua7bc\ua7bd\ua7f7\ua7fe\uab75"
        "\U0001041b\U000118a3\U000118b2\U000118c3"
    ),
    "ia": ("\uab60"),
    "ie": ("\uab61"),
    "j": ("\u0237\u0248\u0249\u025f\u0284\u029d\u037f\u03f3\u0408\u0458\u13ab\u148d\u1d0a\ua4d9\ua7b2\uab7b"),
    "k": (
        "\u0198\u0199\u029e\u039a\u03ba\u041a\u043a\u049a\u049b\u049e"
        "\u049f\u13e6\u16d5\u1d0b\u1d84\u2c69\u2c6a\u2c94\u2c95\ua4d7"
        "\ua740\ua741\ua7a2\ua7a3\ua7b0\uabb6\U00010518"
    ),
    "l": (
        "\u0141\u0142\u019a\u019b\u0234\u023d\u026b\u026c\u026d\u029f"
        "\u04cf\u05d5\u05df\u0627\u0673\u07ca\u14aa\u16c1\u1d0c\u1d85"
        "\u2c60\u2c61\u2c62\u2cd1\u2d4f\ua4e1\ua4f2\ua746\ua747\ua78e"
        "\ua7ad\uab37\uab38\uab39\uabae\U0001028a\U00010309\U00010320\U00010443\U00010526"
        "\U000118d2\U00016f16\U00016f28\U0001e8c7"
    ),
    "ll": ("\u05f0\u1efa\u1efb\ua780\ua781"),
    "lo": ("\u042e\u044e"),
    "ls": ("\u02aa"),
    "lz": ("\u02ab"),
    "lzh": ("\u026e"),
    "m": (
        "\u0271\u039c\u03bc\u03fa\u03fb\u041c\u043c\u04cd\u04ce\u13b7"
        "\u15f0\u16d6\u1d0d\u1d6f\u1d86\u2c6e\u2c98\u2c99\ua4df\ua7fd"
        "\uab3a\uab87\U000102b0\U00010311"
    ),
    "n": (
        "\u019d\u019e\u0220\u0235\u0272\u0273\u0274\u039d\u03b7\u0572"
        "\u0578\u057c\u1d0e\u1d70\u1d87\u2c9a\u2c9b\ua4e0\ua790\ua791"
        "\ua7a4\ua7a5\uab3b\U00010513"
    ),
    "ng": ("\u014a\u014b\ua77e\ua77f\uab3c"),
    "o": (
        "\xd8\xf8\u0186\u019f\u0254\u025e\u0275\u0398\u039f\u03b8"
        "\u03bf\u03c3\u03ed\u041e\u043e\u0472\u0473\u04e8\u04e9\u0555"
        "\u0585\u05e1\u0647\u06be\u06c1\u06d5\u06ff\u0b20\u0d20\u101d"
        "\u10ff\u12d0\u13be\u13eb\u1d0f\u1d10\u1d11\u1d12\u1d13\u1d16"
        "\u1d17\u1d97\u2c77\u2c7a\u2c90\u2c91\u2c9e\u2c9f\u2d31\u2d41"
        "\u2d54\u3007\ua4f3\ua74a\ua74b\ua74c\ua74d\ua7b6\ua7b7\ua7c0"
        "\ua7c1\uab3d\uab3e\uab3f\uab74\uab8e\uabbb\U00010292\U000102ab\U00010404"
        "\U0001042c\U000104c2\U000104ea\U00010516\U000118b5\U000118c8\U000118d7"
    ),
    "oe": ("\u0152\u0153\u0276\u029a\u1d14\ua79c\ua79d\uab40\uab41\uab42\uab62"),
    "oo": ("\ua698\ua699\ua74e\ua74f\uab43\uab44"),
    "ou": ("\u0222\u0223\u1d15"),
    "p": (
        "\u01a4\u01a5\u03a1\u03c1\u03f8\u0420\u0440\u13e2\u146d\u1d18"
        "\u1d29\u1d71\u1d7d\u1d88\u2c63\u2ca2\u2ca3\u2cce\u2ccf\ua4d1"
        "\ua7fc\uabb2\U00010295"
    ),
    "pc": ("\u0298"),
    "q": ("\u0138\u01c3\u024a\u024b\u0297\u02a0\u051b\u0563\u0566\u2d55\ua7af"),
    "qc": ("\u01c2"),
    "qp": ("\u0239"),
    "r": (
        "\u01a6\u024c\u024d\u0279\u027a\u027b\u027c\u027d\u027e\u0280"
        "\u0281\u0433\u0493\u13a1\u13d2\u1587\u1d19\u1d1a\u1d26\u1d72"
        "\u1d73\u1d89\u2c64\u2c79\u2c85\ua4e3\ua75a\ua75b\ua782\ua783"
        "\ua7a6\ua7a7\uab45\uab46\uab47\uab49\uab4b\uab4c\uab68\uab71"
        "\uab81\uaba2\U000104b4\U000104dc\U00016f35"
    ),
    "rn": ("\U00011700"),
    "rr": ("\uab48\uab4a"),
    "s": (
        "\u023f\u0282\u0405\u0455\u054f\u057f\u0d1f\u13d5\u13da\u1d74"
        "\u1d8a\u2c7e\ua4e2\ua731\ua784\ua785\ua7a8\ua7a9\ua7c5\ua7c9"
        "\ua7ca\ua7d6\ua7d7\ua7d8\ua7d9\uaba5\uabaa\U00010296\U00010420\U00010448"
        "\U000118c1\U00016f3a"
    ),
    "sh": ("\u01a9\u01aa\u0283\u0286\u1d8b\u1d98\uab4d"),
    "ss": ("\xdf\u1e9e"),
    "t": (
        "\u0166\u0167\u01ab\u01ac\u01ad\u01ae\u0236\u023e\u0287\u0288"
        "\u03a4\u03c4\u0422\u0442\u04ac\u04ad\u13a2\u1d1b\u1d75\u2c66"
        "\u2ca6\u2ca7\ua4d4\ua786\ua787\ua7b1\uab72\U00010297\U000102b1\U00010315"
        "\U000118bc\U00016f0a"
    ),
    "tc": ("\u02a8"),
    "tf": ("\ua777"),
    "th": ("\xde\xfe\u1d7a"),
    "thth": ("\ua7d3"),
    "ts": ("\u01be\u02a6\uab67"),
    "tsh": ("\u02a7"),
    "tz": ("\ua728\ua729"),
    "u": (
        "\u01b1\u0244\u0264\u0277\u0289\u028a\u03c5\u045f\u054d\u057d"
        "\u1200\u13cc\u144c\u1d1c\u1d1d\u1d1e\u1d7e\u1d7f\u1d99\ua4f4"
        "\ua7b8\ua7b9\ua7be\ua7bf\uab4e\uab4f\uab52\uab9c\U000104ce\U000104f6"
        "\U000118b8\U000118d8\U00016f42"
    ),
    "ue": ("\u1d6b\ua79e\ua79f"),
    "ui": ("\uab50\uab51"),
    "uo": ("\uab63"),
    "v": (
        "\u01b2\u028b\u03bd\u0474\u0475\u05d8\u13d9\u142f\u1d20\u1d8c"
        "\u1efc\u1efd\u2c71\u2c74\u2d38\ua4e6\ua6df\ua768\ua769\uaba9"
        "\U0001051d\U00011706\U000118a0\U000118c0\U00016f08"
    ),
    "vy": ("\ua760\ua761"),
    "w": (
        "\u019c\u01bf\u01f7\u026f\u0270\u028d\u0448\u0461\u047d\u051c"
        "\u051d\u0561\u13b3\u13d4\u1d1f\u1d21\u2c72\u2c73\u2cbd\ua4ea"
        "\ua7c2\ua7c3\ua7fa\uab83\uaba4\U000114c5\U0001170a\U0001170e\U0001170f\U000118ef"
    ),
    "ww": ("\u02ac\ua7d5"),
    "x": (
        "\u01c1\u0296\u03a7\u03c7\u0425\u0445\u04b2\u04b3\u1541\u157d"
        "\u16b7\u1d8d\u2cac\u2cad\u2d5d\ua4eb\ua7b3\uab53\uab54\uab55"
        "\uab56\uab57\uab58\uab59\U00010290\U000102b4\U00010317\U00010322\U00010527\U000118ec"
    ),
    "y": (
        "\u01b3\u01b4\u021c\u021d\u024e\u024f\u0265\u028e\u028f\u02ae"
        "\u02af\u03a5\u03b3\u0423\u0443\u04ae\u04af\u04b0\u04b1\u10e7"
        "\u13a9\u13bd\u1efe\u1eff\u2ca8\u2ca9\ua4ec\ua78d\uab5a\uab79"
        "\uab8d\U000102b2\U000118a4\U000118dc\U00016f43"
    ),
    "z": (
        "\u018d\u01b5\u01b6\u0224\u0225\u0240\u0290\u0291\u0396\u03b6"
        "\u13c3\u1d22\u1d76\u1d8e\u2c6b\u2c6c\u2c7f\ua4dc\ua762\ua763"
        "\ua7c6\uab93\U000102f5\U000118a9\U000118c4\U000118c9"
    ),
    "zh": ("\u01b7\u01ba\u0292\u0293\u1d23\u1d9a"),
}
"""Per letter, digit or pair of ours every sign that is read as it."""

LOOK_ALIKES: Mapping[int, str] = {ord(sign): plain for plain, signs in WRITTEN.items() for sign in signs}
"""For `str.translate`, after NFKD: what a sign is read as, in small letters."""
