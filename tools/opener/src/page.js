// The page: choose the files, read what was found, save what is needed. Nothing leaves the computer.

import { identities } from "./age.js"
import { digest, open } from "./bundle.js"
import { disagreements, hasHinge } from "./hinge.js"
import { Refusal } from "./refusal.js"
import { parseReceipt } from "./receipt.js"
import { parseRenewal } from "./renewal.js"
import { signers } from "./signers.js"

const byId = (id) => document.getElementById(id)
const MONTHS = ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"]
const MAIN = "01-overzicht.pdf"
const HINGED = "Het scharnier klopt: de precieze tabellen en de openbare site komen uit dezelfde lijst."
const UNHINGED = "De getallen die de site toont, zijn die van de bundel. De site heeft voor deze editie geen scharnier. Over de andere getallen is dus niets te zeggen."
const chosen = { sealed: null, texts: new Map(), signatures: new Map(), secrets: null, allowed: null, record: null }

function inWords(iso) {
  const [year, month, day] = iso.split("-").map(Number)
  return `${day} ${MONTHS[month - 1]} ${year}`
}

function today() {
  const now = new Date()
  return [now.getFullYear(), String(now.getMonth() + 1).padStart(2, "0"), String(now.getDate()).padStart(2, "0")].join("-")
}

function tell(text, kind = "") {
  byId("status").textContent = text
  byId("status").className = kind
}

function hideResult() {
  for (const id of ["ask", "result"]) byId(id).hidden = true
  for (const id of ["files", "reasons", "hinge"]) byId(id).replaceChildren()
}

// --- what is chosen ----------------------------------------------------------------------------------------------------

const TAKE = {
  sealed: async (files) => {
    const others = []
    for (const [name, data] of await read(files)) {
      if (name.endsWith(".sig")) chosen.signatures.set(name, data)
      else if (parseReceipt(data) || parseRenewal(data)) chosen.texts.set(name, data)
      else if (name !== "opener.html") others.push(data)
    }
    if (others.length > 1) throw new Refusal("Kies één verzegeld bestand, met de kwitantie en haar handtekening.")
    if (others.length) chosen.sealed = others[0]
    byId("compare").hidden = !chosen.sealed
    byId("digest").textContent = chosen.sealed ? digest(chosen.sealed) : ""
  },
  key: async (files) => {
    chosen.secrets = null
    chosen.secrets = identities((await read(files))[0][1])
  },
  signers: async (files) => {
    chosen.allowed = null
    chosen.allowed = signers((await read(files))[0][1])
  },
  record: async (files) => {
    chosen.record = (await read(files))[0][1]
  },
}

const read = (files) => Promise.all([...files].map(async (file) => [file.name, new Uint8Array(await file.arrayBuffer())]))

async function take(files, what) {
  if (!files.length) return
  hideResult()
  try {
    await TAKE[what](files)
    if (chosen.sealed && chosen.secrets) await openChosen()
    else tell(chosen.sealed ? "Kies nu het sleutelbestand." : "Kies nu het verzegelde bestand.")
  } catch (error) {
    tell(error instanceof Refusal ? error.message : "Dit bestand kan niet worden gelezen.", "wrong")
  }
}

// --- what was found ----------------------------------------------------------------------------------------------------

async function openChosen() {
  tell("Bezig met openen en controleren …")
  await new Promise((painted) => setTimeout(painted, 20))
  const beside = [...chosen.texts].map(([name, data]) => [data, chosen.signatures.get(`${name}.sig`) ?? null])
  const opened = await open(chosen.sealed, chosen.secrets, { beside, allowed: chosen.allowed, today: today() })
  const differences = chosen.record ? disagreements(opened.members, chosen.record) : null
  if (differences?.length) return refuse(differences)
  const reasons = doubts(opened)
  if (reasons.length) ask(reasons, opened, differences)
  else show(opened, differences)
}

function doubts({ manifest, signer, newest }) {
  const reasons = []
  if (!signer) reasons.push("Van wie deze bundel komt, is niet gecontroleerd. Iedereen kan zo’n bestand maken. Kies bij stap 3 het bestand met ondertekenaars. Hebt u dat niet? Bel de afzender.")
  if (newest > manifest.sequence) reasons.push("Er is een kwitantie van een nieuwere bundel. Vraag de afzender om de nieuwste.")
  if (today() < manifest.inspection_from) reasons.push(`De inzage begint pas op ${inWords(manifest.inspection_from)}.`)
  if (today() > manifest.inspection_until) reasons.push(`De inzage duurde tot ${inWords(manifest.inspection_until)}. De inhoud blijft vertrouwelijk.`)
  return reasons
}

function refuse(differences) {
  tell("De bundel en de openbare site komen niet overeen. Bel de afzender.", "wrong")
  byId("hinge").replaceChildren(...differences.map(item))
}

function ask(reasons, opened, differences) {
  if (opened.signer) tell("De bundel klopt, maar let op.", "warn")
  else tell("Let op: de afzender is onbekend.", "wrong")
  byId("reasons").replaceChildren(...reasons.map(item))
  byId("ask").hidden = false
  byId("anyway").onclick = () => show(opened, differences)
  byId("anyway").focus()
}

function item(text) {
  const made = document.createElement("li")
  made.textContent = text
  return made
}

/** In one line: from whom it is, that it is whole, and whether it is the newest. */
function verdict({ manifest, signer, receipt, newest, renewed }) {
  const sender = signer ? `Van ${signer.name}.` : "De afzender is onbekend."
  const whole = `De bundel klopt: ${manifest.files.length} bestanden zijn gecontroleerd.`
  const isNewest = receipt && newest <= manifest.sequence
  const rank = isNewest ? `Dit is de nieuwste die bekend is (volgnummer ${manifest.sequence}).` : "Of dit de nieuwste is, is niet bekend. Kies bij stap 1 ook de kwitantie."
  const lapsed = signer?.lapsed ? " De sleutel van de afzender was geldig op de dag van de bundel, en is dat nu niet meer." : ""
  const again = renewed ? ` Dit exemplaar is opnieuw verzegeld, het laatst op ${inWords(renewed)}. De inhoud is gelijk gebleven.` : ""
  return [`${sender} ${whole} ${newest > manifest.sequence ? "Er is een nieuwere." : rank}${lapsed}${again}`, signer ? (isNewest && !signer.lapsed ? "good" : "warn") : "wrong"]
}

function show(opened, differences) {
  const { manifest, members } = opened
  byId("ask").hidden = true
  tell(...verdict(opened))
  byId("mark").textContent = manifest.copy ? `${manifest.marking} – Exemplaar ${manifest.copy} van ${manifest.copies}` : `${manifest.marking} – Archiefexemplaar`
  byId("period").textContent = `Eenmalig en strikt vertrouwelijk ter inzage van ${inWords(manifest.inspection_from)} tot ${inWords(manifest.inspection_until)}, ${manifest.location}. Alleen voor: ${manifest.audience}.`
  byId("sequence").textContent = `Volgnummer ${manifest.sequence}, gemaakt op ${inWords(manifest.created)}. Staat op een afdruk een lager nummer? Dan is die afdruk vervallen.`
  if (differences) byId("hinge").replaceChildren(item(hasHinge(chosen.record) ? HINGED : UNHINGED))
  for (const name of manifest.files.map((file) => file.name)) {
    if (name === MAIN) byId("files").prepend(link(name, members.get(name)))
    else byId("files").append(link(name, members.get(name)))
  }
  byId("result").hidden = false
  byId("result-title").focus()
}

function link(name, data) {
  const types = { pdf: "application/pdf", html: "text/html", txt: "text/plain", csv: "text/csv", xml: "application/xml", json: "application/json" }
  const anchor = document.createElement("a")
  anchor.href = URL.createObjectURL(new Blob([data], { type: types[name.split(".").pop()] ?? "application/octet-stream" }))
  anchor.download = name.replaceAll("/", "-")
  anchor.textContent = name === MAIN ? "Het overzicht opslaan om af te drukken (01-overzicht.pdf)" : name
  const made = document.createElement("li")
  if (name === MAIN) made.className = "main"
  made.append(anchor)
  return made
}

for (const id of Object.keys(TAKE)) {
  byId(id).addEventListener("change", (event) => take(event.target.files, id))
  const area = byId(id).closest("section")
  area.addEventListener("dragover", (event) => event.preventDefault())
  area.addEventListener("drop", (event) => {
    event.preventDefault()
    take(event.dataTransfer.files, id)
  })
}
for (const kind of ["dragover", "drop"]) addEventListener(kind, (event) => event.preventDefault())
tell("Kies het verzegelde bestand en het sleutelbestand.")
