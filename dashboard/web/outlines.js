// The outlines of China, kept in the window: they come once and are drawn by the map whenever counts change.
export default function ({ data }) {
  window.youjuOutlines = data
  window.dispatchEvent(new Event("youju-outlines"))
}
