// The head of an age file, read without a key, as `confidential/age/header.py` does; then age itself.

import { Decrypter, identityToRecipient } from "age-encryption"
import { Refusal } from "./refusal.js"
import { decode, lines } from "./text.js"

const VERSION = "age-encryption.org/v1\n"
const HEAD = 2 ** 20, MOST_STANZAS = 32, FULL_LINE = 64, KEY_FILE = 2 ** 20
const NATIVE = ["X25519", "ssh-ed25519", "ssh-rsa", "mlkem768x25519"]

/** The secrets in an identity file. */
export function identities(data) {
  let text
  try {
    text = decode(data.subarray(0, KEY_FILE))
  } catch {
    throw new Refusal("Dit is geen sleutelbestand. Kies het bestand met uw eigen sleutel.")
  }
  const secrets = lines(text).filter((line) => line && !line.startsWith("#"))
  if (secrets.some((line) => line.startsWith("age1") || line.startsWith("ssh-"))) {
    throw new Refusal("Dit is de openbare helft van een sleutel. Kies het bestand met de privéhelft.")
  }
  if (text.startsWith("age-encryption.org/") || text.startsWith("-----BEGIN AGE")) {
    throw new Refusal("Dit sleutelbestand is zelf verzegeld. Open de bundel met Tweeluik, dat om het wachtwoord vraagt.")
  }
  if (secrets.some((line) => line.startsWith("AGE-PLUGIN-") || line.startsWith("-----BEGIN "))) {
    throw new Refusal("Met deze soort sleutel kan een browser niet werken. Open de bundel met Tweeluik.")
  }
  if (!secrets.length || !secrets.every((line) => /^AGE-SECRET-KEY-(PQ-)?1[0-9A-Z]+$/.test(line))) {
    throw new Refusal("Dit is geen sleutelbestand. Kies het bestand met uw eigen sleutel.")
  }
  return secrets
}

/** How many recipients the head names, each by its kind; a stanza that belongs to nobody is left out. */
export function recipientKinds(sealed) {
  const start = new TextDecoder("latin1").decode(sealed.subarray(0, HEAD))
  if (/^\s*-----BEGIN AGE ENCRYPTED FILE-----/.test(start)) {
    throw new Refusal("Dit is de tekstvorm van age. Zo maken wij geen bundels. Vraag de afzender om het bestand zelf.")
  }
  if (!start.startsWith(VERSION)) throw new Refusal("Dit is geen verzegeld bestand. Kies het bestand dat eindigt op .age.")
  const mac = start.indexOf("\n---"), end = start.indexOf("\n", mac + 1)
  if (mac < 0 || end < 0) throw new Refusal("De kop van dit bestand is beschadigd. Vraag de afzender om een nieuw bestand.")
  const lines = start.slice(0, end + 1).split("\n").slice(1)
  const heads = lines.filter((line) => line.startsWith("-> "))
  if (heads.length > MOST_STANZAS) throw new Refusal("De kop van dit bestand noemt te veel ontvangers. Zo maken wij geen bundels.")
  const isHead = (line) => line.startsWith("-> ") || line.startsWith("---")
  const isEndless = (body) => body.length >= FULL_LINE || body.startsWith("-> ")
  if (lines.some((line, at) => at > 0 && isHead(line) && isEndless(lines[at - 1]))) {
    throw new Refusal("De kop van dit bestand is beschadigd. Vraag de afzender om een nieuw bestand.")
  }
  const kinds = heads.map((line) => line.split(" ")[1])
  if (kinds.includes("scrypt")) throw new Refusal("Dit bestand is met een wachtwoord gemaakt. Zo maken wij geen bundels.")
  return kinds.filter((kind) => !kind.endsWith("-grease"))
}

/** Whether the head has as many recipients as the manifest names; a plug-in may write more for one. */
export const isForAsMany = (kinds, recipients) => kinds.length === recipients.length || !kinds.every((kind) => NATIVE.includes(kind))

export async function decrypt(sealed, secrets) {
  const decrypter = new Decrypter()
  try {
    for (const secret of secrets) decrypter.addIdentity(secret)
  } catch {
    throw new Refusal("De sleutel is beschadigd. Kopieer het sleutelbestand opnieuw.")
  }
  try {
    return await decrypter.decrypt(sealed)
  } catch {
    throw new Refusal("Dit bestand gaat niet open. De sleutel past niet, of het bestand is beschadigd. Vergelijk het controlegetal met de kwitantie.")
  }
}

export { identityToRecipient }
