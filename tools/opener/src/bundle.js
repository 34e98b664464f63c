// Opening and verifying, all in memory: the same questions in the same order as `confidential/bundle/opening.py`.

import { sha256 } from "@noble/hashes/sha2.js"
import { bytesToHex } from "@noble/hashes/utils.js"
import { decrypt, identityToRecipient, isForAsMany, recipientKinds } from "./age.js"
import { MANIFEST, SIGNATURE, takeStock } from "./manifest.js"
import { ASK, Refusal } from "./refusal.js"
import { parseReceipt, seriesOf } from "./receipt.js"
import { follow, parseRenewal } from "./renewal.js"
import { whoSigned } from "./signature.js"
import { inGroups } from "./text.js"
import { unpack } from "./zip.js"

const LIMIT = 2 ** 30

/** The digest of a sealed file in groups of four, as on its receipt. */
export const digest = (data) => inGroups(bytesToHex(sha256(data)))

/** Everything that is known of a bundle, after every check.
 *
 * `beside` are pairs of bytes, of a text that came along (a receipt, a note) and of its signature (or null); `allowed` is who may sign, or null.
 * In what comes back `signer` is null when nobody was named who may sign, `receipt` when the one of this bundle is not there, `newest` is the
 * highest number of all but a later receipt that holds this very file, and `renewed` the day on which an archive copy was last sealed again, or null. */
export async function open(sealed, secrets, { beside = [], allowed = null, today }) {
  if (sealed.length > LIMIT) throw new Refusal("Dit bestand is te groot voor een bundel.")
  const kinds = recipientKinds(sealed)
  const members = contained(await decrypt(sealed, secrets))
  const manifest = stocked(members)
  const about = (parse) => beside.map(([data, signature]) => ({ said: parse(data), data, signature })).filter((each) => each.said?.series === seriesOf(manifest.edition))
  const signed = allowed && ((each, namespace, made) => whoSigned(each.data, each.signature, namespace, allowed, made, today))
  const trail = traceBack(sealed, manifest, about(parseRenewal), signed)
  await refuseResealed(kinds, trail.readers, secrets)
  const receipts = about(parseReceipt)
  const origin = trace(trail.original, members, manifest, receipts, signed)
  return { manifest, members, newest: newestOf(trail.original, manifest, receipts), renewed: trail.renewals[0]?.said.day ?? null, ...origin }
}

function newestOf(digest, manifest, receipts) {
  const tell = ({ said }) => said.sequence <= manifest.sequence || !said.copies.some((each) => each.sha256 === digest)
  return Math.max(0, ...receipts.filter(tell).map((each) => each.said.sequence))
}

function contained(data) {
  try {
    return unpack(data)
  } catch {
    throw new Refusal("De inhoud is geen bundel van Tweeluik. Vraag de afzender om een nieuw bestand.")
  }
}

function stocked(members) {
  try {
    return takeStock(members)
  } catch {
    throw new Refusal("De inhoud is niet wat de inhoudslijst zegt. Gebruik dit bestand niet. Vraag de afzender om een nieuw bestand.")
  }
}

// The archive's copy may be sealed again to others than the manifest names, when somebody who may sign says so.
function traceBack(sealed, manifest, notes, signed) {
  const own = manifest.copy ? [] : notes.filter((each) => each.said.sequence === manifest.sequence)
  const vouches = (note) => !signed || isSigned(() => note.signature && signed(note, "opnieuw-verzegeld@tweeluik", note.said.day))
  return follow(bytesToHex(sha256(sealed)), manifest.recipients.map((each) => `${each.role}: ${each.fingerprint}`), own, vouches)
}

// It is known to whom it was sealed: anyone else got it from somebody who sealed it again.
async function refuseResealed(kinds, readers, secrets) {
  if (!isForAsMany(kinds, readers)) {
    throw new Refusal(`De kop van het bestand heeft andere ontvangers dan de inhoudslijst. ${ASK}`)
  }
  const named = new Set(readers.map((each) => each.split(": ")[1]))
  for (const secret of secrets) {
    const recipient = new TextEncoder().encode(await identityToRecipient(secret))
    if (named.has(inGroups(bytesToHex(sha256(recipient)).slice(0, 32)))) return
  }
  throw new Refusal(`Deze bundel was niet voor deze sleutel bedoeld. Iemand heeft hem opnieuw verzegeld. ${ASK}`)
}

function trace(original, members, manifest, receipts, signed) {
  const own = receipts.filter((each) => each.said.sequence === manifest.sequence)
  if (!signed) return { signer: null, receipt: matching(original, manifest, own) }
  if (!members.get(SIGNATURE)?.length) throw new Refusal(`Deze bundel is niet ondertekend. ${ASK}`)
  const signer = signed({ data: members.get(MANIFEST), signature: members.get(SIGNATURE) }, "manifest@tweeluik", manifest.created)
  const good = own.filter((each) => isSigned(() => each.signature && signed(each, "kwitantie@tweeluik", manifest.created)))
  if (own.length && !good.length) throw new Refusal(`De kwitantie is niet ondertekend, of niet goed. ${ASK}`)
  return { signer, receipt: matching(original, manifest, good) }
}

function isSigned(ask) {
  try {
    return Boolean(ask())
  } catch {
    return false
  }
}

function matching(wanted, manifest, own) {
  if (!own.length) return null
  const receipt = own.map((each) => each.said).find((each) => each.copies.some((copy) => copy.sha256 === wanted))
  if (!receipt) throw new Refusal(`De kwitantie hoort bij andere bestanden dan dit. ${ASK}`)
  const sorted = (all) => [...new Set(all)].sort().join("\n")
  const recipients = receipt.copies.find((copy) => copy.sha256 === wanted).recipients
  const agrees =
    sorted(recipients) === sorted(manifest.recipients.map((each) => `${each.role}: ${each.fingerprint}`)) &&
    receipt.created === manifest.created && receipt.supersedes.join() === manifest.supersedes.join()
  if (!agrees) throw new Refusal(`De kwitantie zegt iets anders dan de bundel. ${ASK}`)
  return receipt
}
