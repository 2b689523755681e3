// An article with its records marked in place. Text only ever becomes text nodes.
const drawn = new WeakMap()

function addRun(p, run, data, pick) {
  if (!run.ids.length) {
    p.append(run.text)
    return
  }
  // Where several records share the words, each click goes on to the next of them.
  const here = run.marks.length ? run.marks : run.ids
  const id = here[(here.indexOf(data.selected) + 1) % here.length]
  const span = document.createElement("span")
  span.className = `run ${data.kinds[id]}${run.marks.length ? " mark" : ""}${here.includes(data.selected) ? " on" : ""}`
  span.textContent = run.text
  span.dataset.record = id
  span.title = run.ids.map((one) => data.names[one]).join("\n")
  span.onclick = () => pick(id)
  if (run.marks.length) {
    span.setAttribute("role", "button")
    span.setAttribute("tabindex", "0")
    span.setAttribute("aria-label", `${run.text}：${data.names[id]}`)
    span.onkeydown = (event) => {
      if (event.key !== "Enter" && event.key !== " ") return
      event.preventDefault()
      pick(id)
    }
  }
  p.append(span)
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".article")
  root.replaceChildren()
  for (const paragraph of data.paragraphs) {
    const p = document.createElement("p")
    if (paragraph.cut) p.className = "cut"
    for (const run of paragraph.runs) addRun(p, run, data, (id) => setTriggerValue("pick", id))
    root.append(p)
    if (!paragraph.raw) continue
    const details = document.createElement("details")
    const summary = document.createElement("summary")
    summary.textContent = data.rawForm
    const pre = document.createElement("pre")
    pre.textContent = paragraph.raw
    details.append(summary, pre)
    root.append(details)
  }
  if (data.selected && drawn.get(parentElement) !== data.selected) {
    root.querySelector(".on")?.scrollIntoView({ block: "center" })
  }
  drawn.set(parentElement, data.selected)
}
