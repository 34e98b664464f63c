// Signatures of `ssh-keygen -Y sign` (PROTOCOL.sshsig), by Ed25519 keys in a file or on a token (PROTOCOL.u2f).

import { ed25519 } from "@noble/curves/ed25519.js"
import { sha256, sha512 } from "@noble/hashes/sha2.js"
import { ASK, Refusal } from "./refusal.js"
import { bytes, maySign } from "./signers.js"
import { sameBytes } from "./text.js"

const LETTERS = new TextEncoder()
const KINDS = ["ssh-ed25519", "sk-ssh-ed25519@openssh.com"]

/** Who signed, and whether the key has lapsed since the day on which it was made. Throws a Refusal otherwise. */
export function whoSigned(data, signature, namespace, allowed, made, today) {
  const parts = parse(signature)
  if (!KINDS.includes(parts.kind)) throw new Refusal(`Deze soort handtekening gebruiken wij niet voor bundels. ${ASK}`)
  const theirs = allowed.filter((each) => sameBytes(each.blob, parts.key))
  const good = theirs.length > 0 && parts.namespace === namespace && isGood(parts, data)
  for (const [lapsed, day] of [[false, today], [true, made]]) {
    const found = good && theirs.find((each) => maySign(each, namespace, day))
    if (found) return { name: found.name, lapsed }
  }
  throw new Refusal(`De handtekening is niet van iemand die mag ondertekenen. ${ASK}`)
}

function parse(signature) {
  const damaged = new Refusal(`De handtekening is beschadigd. ${ASK}`)
  const lines = new TextDecoder("latin1").decode(signature).replaceAll("\r", "").replace(/^\n+|\n+$/g, "").split("\n")
  const blob = lines[0] === "-----BEGIN SSH SIGNATURE-----" && lines.at(-1) === "-----END SSH SIGNATURE-----" && bytes(lines.slice(1, -1).join(""))
  try {
    if (!blob || String.fromCharCode(...blob.subarray(0, 6)) !== "SSHSIG" || blob.subarray(6, 10).join() !== "0,0,0,1") throw damaged
    const [key, namespace, reserved, hash, signed, rest] = strings(blob.subarray(10), 5)
    const [kind, point, application] = strings(key, 2, 3)
    const [scheme, made, tail] = strings(signed, 2)
    if (rest.length || text(scheme) !== text(kind)) throw damaged
    return { key, namespace: text(namespace), reserved, hash: text(hash), kind: text(kind), point, application, made, tail }
  } catch {
    throw damaged
  }
}

function isGood({ namespace, reserved, hash, kind, point, application, made, tail }, data) {
  const digests = { sha256, sha512 }
  if (!Object.hasOwn(digests, hash)) return false
  const message = join(LETTERS.encode("SSHSIG"), ...[LETTERS.encode(namespace), reserved, LETTERS.encode(hash), digests[hash](data)].map(string))
  try {
    if (kind === KINDS[0]) return tail.length === 0 && ed25519.verify(made, message, point, { zip215: false })
    // A token signs the digest of the application, a flag that somebody touched it, a counter, and the digest of the message.
    const touched = tail.length === 5 && (tail[0] & 1) === 1
    return touched && ed25519.verify(made, join(sha256(application), tail, sha256(message)), point, { zip215: false })
  } catch {
    return false
  }
}

/** So many fields with their length in front, then what is left; up to `most` fields when there are more. */
function strings(data, least, most = least) {
  const found = []
  let rest = data
  while (found.length < least || (found.length < most && rest.length)) {
    if (rest.length < 4) throw new Error("too short")
    const size = new DataView(rest.buffer, rest.byteOffset).getUint32(0)
    if (size > rest.length - 4) throw new Error("too short")
    found.push(rest.subarray(4, 4 + size))
    rest = rest.subarray(4 + size)
  }
  return most > least ? found : [...found, rest]
}

function string(data) {
  const made = new Uint8Array(4 + data.length)
  new DataView(made.buffer).setUint32(0, data.length)
  made.set(data, 4)
  return made
}

function join(...parts) {
  const made = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    made.set(part, at)
    at += part.length
  }
  return made
}

const text = (data) => String.fromCharCode(...data)
