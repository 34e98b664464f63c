// Opening and verifying, all in memory: the same questions in the same order as `confidential/bundle/opening.py`.

import { sha256 } from "@noble/hashes/sha2.js"
import { bytesToHex } from "@noble/hashes/utils.js"
import { decrypt, identityToRecipient, isForAsMany, recipientKinds } from "./age.js"
import { MANIFEST, SIGNATURE, takeStock } from "./manifest.js"
import { ASK, Refusal } from "./refusal.js"
import { parseReceipt, seriesOf } from "./receipt.js"
import { whoSigned } from "./signature.js"
import { inGroups } from "./text.js"
import { unpack } from "./zip.js"

const LIMIT = 2 ** 30

/** The digest of a sealed file in groups of four, as on its receipt. */
export const digest = (data) => inGroups(bytesToHex(sha256(data)))

/** Everything that is known of a bundle, after every check.
 *
 * `receipts` are pairs of bytes, of a receipt and of its signature (or null); `allowed` is who may sign, or null. In what comes back `signer` is
 * null when nobody was named who may sign, `receipt` when the one of this bundle is not there, and `newest` is the highest number of all. */
export async function open(sealed, secrets, { receipts = [], allowed = null, today }) {
  if (sealed.length > LIMIT) throw new Refusal("Dit bestand is te groot voor een bundel.")
  const kinds = recipientKinds(sealed)
  const members = contained(await decrypt(sealed, secrets))
  const manifest = stocked(members)
  await refuseResealed(kinds, manifest, secrets)
  const known = receipts.map(([data, signature]) => ({ receipt: parseReceipt(data), data, signature }))
  const series = known.filter((each) => each.receipt?.series === seriesOf(manifest.edition))
  const origin = trace(sealed, members, manifest, series, allowed, today)
  return { manifest, members, newest: Math.max(0, ...series.map((each) => each.receipt.sequence)), ...origin }
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

// The manifest names to whom it was sealed: anyone else got it from somebody who sealed it again.
async function refuseResealed(kinds, manifest, secrets) {
  if (!isForAsMany(kinds, manifest.recipients)) {
    throw new Refusal(`De kop van het bestand heeft andere ontvangers dan de inhoudslijst. ${ASK}`)
  }
  const named = new Set(manifest.recipients.map((each) => each.fingerprint))
  for (const secret of secrets) {
    const recipient = new TextEncoder().encode(await identityToRecipient(secret))
    if (named.has(inGroups(bytesToHex(sha256(recipient)).slice(0, 32)))) return
  }
  throw new Refusal(`Deze bundel was niet voor deze sleutel bedoeld. Iemand heeft hem opnieuw verzegeld. ${ASK}`)
}

function trace(sealed, members, manifest, series, allowed, today) {
  const own = series.filter((each) => each.receipt.sequence === manifest.sequence)
  if (allowed === null) return { signer: null, receipt: matching(sealed, manifest, own) }
  if (!members.get(SIGNATURE)?.length) throw new Refusal(`Deze bundel is niet ondertekend. ${ASK}`)
  const signed = (data, signature, namespace) => whoSigned(data, signature, namespace, allowed, manifest.created, today)
  const signer = signed(members.get(MANIFEST), members.get(SIGNATURE), "manifest@tweeluik")
  const good = own.filter((each) => isSigned(() => each.signature && signed(each.data, each.signature, "kwitantie@tweeluik")))
  if (own.length && !good.length) throw new Refusal(`De kwitantie is niet ondertekend, of niet goed. ${ASK}`)
  return { signer, receipt: matching(sealed, manifest, good) }
}

function isSigned(ask) {
  try {
    return Boolean(ask())
  } catch {
    return false
  }
}

function matching(sealed, manifest, own) {
  if (!own.length) return null
  const wanted = bytesToHex(sha256(sealed))
  const receipt = own.map((each) => each.receipt).find((each) => each.copies.some((copy) => copy.sha256 === wanted))
  if (!receipt) throw new Refusal(`De kwitantie hoort bij andere bestanden dan dit. ${ASK}`)
  const sorted = (all) => [...new Set(all)].sort().join("\n")
  const recipients = receipt.copies.find((copy) => copy.sha256 === wanted).recipients
  const agrees =
    sorted(recipients) === sorted(manifest.recipients.map((each) => `${each.role}: ${each.fingerprint}`)) &&
    receipt.created === manifest.created && receipt.supersedes.join() === manifest.supersedes.join()
  if (!agrees) throw new Refusal(`De kwitantie zegt iets anders dan de bundel. ${ASK}`)
  return receipt
}
