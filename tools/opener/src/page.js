// The page: choose two files, read what was found, save what is needed. Nothing leaves the computer.

import { Refusal, digest, identities, open } from "./bundle.js"

const byId = (id) => document.getElementById(id)
const MONTHS = ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"]
const MAIN = "01-overzicht.pdf"
const chosen = { sealed: null, secrets: null }

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
  byId("files").replaceChildren()
}

async function take(file, what) {
  if (!file) return
  hideResult()
  try {
    const data = new Uint8Array(await file.arrayBuffer())
    if (what === "sealed") {
      chosen.sealed = data
      byId("digest").textContent = digest(data)
      byId("compare").hidden = false
    } else {
      chosen.secrets = identities(new TextDecoder().decode(data))
    }
    if (chosen.sealed && chosen.secrets) await openChosen()
    else tell(chosen.sealed ? "Kies nu het sleutelbestand." : "Kies nu het verzegelde bestand.")
  } catch (error) {
    if (what === "key") chosen.secrets = null
    tell(error instanceof Refusal ? error.message : "Dit bestand kan niet worden gelezen.", "wrong")
  }
}

async function openChosen() {
  tell("Bezig met openen en controleren …")
  await new Promise((painted) => setTimeout(painted, 20))
  const opened = await open(chosen.sealed, chosen.secrets)
  const { inspection_from: from, inspection_until: until } = opened.manifest
  if (today() < from) ask(`De inzage begint pas op ${inWords(from)}.`, opened)
  else if (today() > until) ask(`De inzage duurde tot en met ${inWords(until)}.`, opened)
  else show(opened)
}

function ask(reason, opened) {
  tell("De bundel klopt, maar let op.", "warn")
  byId("reason").textContent = reason
  byId("ask").hidden = false
  byId("anyway").onclick = () => show(opened)
  byId("anyway").focus()
}

function show({ manifest, members }) {
  byId("ask").hidden = true
  tell(`De bundel klopt: ${manifest.files.length} bestanden zijn gecontroleerd.`, "good")
  byId("mark").textContent = manifest.copy ? `${manifest.marking} – Exemplaar ${manifest.copy} van ${manifest.copies}` : `${manifest.marking} – Archiefexemplaar`
  byId("period").textContent = `Ter inzage van ${inWords(manifest.inspection_from)} tot en met ${inWords(manifest.inspection_until)}, ${manifest.location}. Alleen voor: ${manifest.audience}.`
  byId("sequence").textContent = `Volgnummer ${manifest.sequence}. Ligt er een kwitantie met een hoger volgnummer? Dan is dit een oude bundel.`
  for (const name of manifest.files.map((file) => file.name)) {
    if (name === MAIN) byId("files").prepend(link(name, members.get(name)))
    else byId("files").append(link(name, members.get(name)))
  }
  byId("result").hidden = false
  byId("result-title").focus()
}

function link(name, data) {
  const types = { pdf: "application/pdf", html: "text/html", txt: "text/plain", csv: "text/csv", json: "application/json" }
  const anchor = document.createElement("a")
  anchor.href = URL.createObjectURL(new Blob([data], { type: types[name.split(".").pop()] ?? "application/octet-stream" }))
  anchor.download = name.replaceAll("/", "-")
  anchor.textContent = name === MAIN ? "Het overzicht opslaan om af te drukken (01-overzicht.pdf)" : name
  const item = document.createElement("li")
  if (name === MAIN) item.className = "main"
  item.append(anchor)
  return item
}

for (const [id, what] of [["sealed", "sealed"], ["key", "key"]]) {
  byId(id).addEventListener("change", (event) => take(event.target.files[0], what))
  const area = byId(id).closest("section")
  area.addEventListener("dragover", (event) => event.preventDefault())
  area.addEventListener("drop", (event) => {
    event.preventDefault()
    take(event.dataTransfer.files[0], what)
  })
}
for (const kind of ["dragover", "drop"]) addEventListener(kind, (event) => event.preventDefault())
tell("Kies het verzegelde bestand en het sleutelbestand.")
