// The evidence sheet to a screen reader and the keyboard: a named region that takes the focus when it opens and
// gives it back when it closes. The page beside it moves only as far as what was clicked would be covered.
let before = null
let clicked = { x: 0, y: 0, at: -Infinity }

document.addEventListener(
  "pointerup",
  (event) => {
    if (event.target instanceof Element && event.target.closest(".st-key-yj-evidence")) return
    clicked = { x: event.clientX, y: event.clientY, at: event.timeStamp }
  },
  true,
)

// Where what is selected stands on the screen: under the last click, else at its date on the timeline.
function spotOf(chart, share) {
  if (performance.now() - clicked.at < 4000) return clicked
  const plot = chart?.querySelector("svg.marks, canvas.marks")?.getBoundingClientRect()
  if (!plot?.width || share === null) return null
  return { x: plot.left + 92 + share * (plot.width - 100), y: plot.top + 40 }
}

// A link opens the sheet before the timeline is drawn: the mark is waited for, half a minute at most on a slow machine.
function makeRoom(sheet, share, record, tries = 100) {
  if (!sheet.isConnected || sheet.dataset.record !== record) return
  const main = sheet.closest("[data-testid=stMain]")
  const content = main?.querySelector("[data-testid=stMainBlockContainer]")
  const spot = main && spotOf(main.querySelector(".st-key-yj-chart"), share)
  if (!spot && share !== null && tries) {
    setTimeout(() => makeRoom(sheet, share, record, tries - 1), 300)
    return
  }
  if (!content || sheet.clientWidth >= window.innerWidth - 8) {
    const under = spot && clicked === spot ? spot.y - (sheet.getBoundingClientRect().top - 60) : 0
    if (main && under > 0 && sheet.getBoundingClientRect().top > 60) main.scrollBy({ top: under })
    return
  }
  const edge = sheet.getBoundingClientRect().left
  const box = content.getBoundingClientRect()
  const covered = box.right - edge
  const wanted = box.left >= covered ? covered : spot && spot.x > edge - 140 ? Math.min(covered, spot.x - edge + 320) : 0
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches
  if (wanted > 0) main.scrollBy({ left: wanted, behavior: still ? "auto" : "smooth" })
}

export default function ({ data, parentElement }) {
  const host = parentElement.host ?? parentElement.getRootNode().host ?? parentElement
  const sheet = host.closest(".st-key-yj-evidence")
  if (!sheet) return
  sheet.setAttribute("role", "region")
  sheet.setAttribute("aria-label", data.label)
  sheet.setAttribute("tabindex", "-1")
  const moved = sheet.dataset.page !== location.pathname // another page begins at its left edge, as every page does
  if (moved && sheet.dataset.page) sheet.closest("[data-testid=stMain]")?.scrollTo({ left: 0 })
  sheet.dataset.page = location.pathname
  if (moved || sheet.dataset.record !== data.record) {
    sheet.dataset.record = data.record
    sheet.scrollTop = 0
    if (!sheet.contains(document.activeElement)) {
      before = document.activeElement
      sheet.focus({ preventScroll: true })
    }
    requestAnimationFrame(() => makeRoom(sheet, data.share, data.record))
  }
  return () => {
    if (before?.isConnected) before.focus({ preventScroll: true })
    before = null
  }
}
