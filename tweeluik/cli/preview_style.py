"""What the pages of a preview wear, and the script that reloads them."""

from __future__ import annotations

from collections.abc import Mapping

from tweeluik.cli.preview_server import EVENTS_PATH

# The pages' own Content-Security-Policy allows scripts and connections of the same origin; this is all that uses it.
SCRIPT = f"""const seen = document.currentScript.dataset.version;
new EventSource("{EVENTS_PATH}").onmessage = (event) => {{ if (event.data !== seen) location.reload(); }};
""".encode()
COLOURS: Mapping[str, Mapping[str, str]] = {
    "light": {"grond": "#ffffff", "tekst": "#222222", "weg": "#ffe1de", "erbij": "#dcf3e0", "let-op": "#8a1c1c"},
    "dark": {"grond": "#1b1b1b", "tekst": "#f0f0f0", "weg": "#5c1f1b", "erbij": "#1d4a27", "let-op": "#ffaaa0"},
}
"""Of the pages of changes, per scheme: the ground, the text on it, the grounds of lines that go and come, a warning."""


def _named(scheme: str) -> str:
    return f"#herstel {{ {' '.join(f'--{name}: {colour};' for name, colour in COLOURS[scheme].items())} }}"


STYLE = (
    f"{_named('light')}\n@media (prefers-color-scheme: dark) {{ {_named('dark')} }}\n".encode()
    + b"""#proefdruk { margin: 0; padding: .4rem 1.5rem; background: #222; color: #fff;
  font: 1rem/1.5 system-ui, sans-serif; }
#voorvertoning { margin: 0; padding: 1rem 1.5rem; background: #fff4d6; color: #222;
  border-bottom: 3px solid #a40000; font: 1rem/1.5 system-ui, sans-serif; }
#voorvertoning section { border: 1px solid #a40000; border-radius: .3rem; background: #fff; margin: .7rem 0;
  padding: .2rem .9rem .6rem; max-width: 60rem; }
#voorvertoning h2 { font-size: 1.05rem; margin: .5rem 0; border: 0; padding: 0; }
#voorvertoning ul { margin: .3rem 0; padding-left: 1.2rem; }
#voorvertoning code { overflow-wrap: anywhere; white-space: pre-wrap; }
#voorvertoning p { margin: .4rem 0; }
.knop, #herstel button { display: inline-block; background: #005a9c; color: #fff; border: 0; border-radius: .3rem;
  padding: .35rem .8rem; font: inherit; text-decoration: none; cursor: pointer; }
.knop:hover, #herstel button:hover { background: #003e6b; }
#herstel { margin: 0 auto; max-width: 60rem; padding: 1rem 1.5rem; color-scheme: light dark;
  background: var(--grond); color: var(--tekst); font: 1rem/1.55 system-ui, sans-serif; }
#herstel code { overflow-wrap: anywhere; white-space: pre-wrap; font: .95rem/1.5 ui-monospace, monospace; }
#herstel del { background: var(--weg); color: inherit; }
#herstel ins { background: var(--erbij); color: inherit; text-decoration: none; }
#herstel li { margin: 0 0 1rem; } #herstel li p { margin: .15rem 0; }
.vertrouwelijk { color: var(--let-op); font-weight: bold; border: 2px solid; padding: .4rem .8rem;
  display: inline-block; }
"""
)
