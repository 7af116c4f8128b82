"use strict";
(() => {
  const root = document.documentElement;
  const theme = document.getElementById("theme");
  const search = document.getElementById("search");
  const group = document.getElementById("group");
  const shown = document.getElementById("shown");
  const boxes = [...document.querySelectorAll("input[name=weight]")];
  const sections = [...document.querySelectorAll(".group")].map((section) => ({
    section,
    name: section.dataset.group,
    items: [...section.querySelectorAll(".item")].map((element) => ({
      element,
      weights: element.dataset.weight?.split(" "),
      text: null,
    })),
  }));
  const total = sections.reduce((sum, one) => sum + one.items.length, 0);

  const dark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const paint = () => theme.setAttribute("aria-pressed", String(dark()));
  theme.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    paint();
  });
  paint();

  // What an item says; the lines of source around its places belong to its neighbours as well.
  function said(element) {
    const parts = element.querySelectorAll("summary, .help, .about, li");
    const text = parts.length === 0 ? element.textContent : [...parts].map((part) => part.textContent).join(" ");
    return text.toLowerCase();
  }

  function filter() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const weights = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    let count = 0;
    for (const { section, name, items } of sections) {
      const here = !group || !group.value || group.value === name;
      section.hidden = !here;
      for (const item of items) {
        // Read once: the text of ten thousand items is not worth reading at every key.
        item.text ??= said(item.element);
        const fits = here
          && (!item.weights || item.weights.some((weight) => weights.has(weight)))
          && words.every((word) => item.text.includes(word));
        if (item.element.hidden === fits) item.element.hidden = !fits;
        if (fits) count += 1;
      }
    }
    shown.textContent = `${count} of ${total} shown`;
  }

  // The newest releases first.
  for (const timeline of document.querySelectorAll(".scroll:has(.timeline)")) timeline.scrollLeft = timeline.scrollWidth;

  let timer = 0;
  search.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(filter, 80);
  });
  for (const box of boxes) box.addEventListener("change", filter);
  if (group) group.addEventListener("change", filter);
  search.form.addEventListener("submit", (event) => {
    event.preventDefault();
    filter();
  });

  function step(by) {
    const stops = [...document.querySelectorAll("details.item:not([hidden]) > summary")].filter((one) => one.offsetParent);
    if (stops.length === 0) return;
    const at = stops.indexOf(document.activeElement);
    const next = at < 0 ? (by > 0 ? 0 : stops.length - 1) : Math.min(Math.max(at + by, 0), stops.length - 1);
    stops[next].focus();
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && event.target.type !== "checkbox";
    if (event.key === "Escape" && event.target === search) {
      search.value = "";
      filter();
    } else if (typing) {
      return;
    } else if (event.key === "/") {
      event.preventDefault();
      search.focus();
    } else if (event.key === "n") {
      step(1);
    } else if (event.key === "p") {
      step(-1);
    }
  });
  filter();
})();
