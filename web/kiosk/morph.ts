// Makes `shown` look like `wanted` while keeping the elements that are there, so that a message that arrives between
// finger down and finger up swallows no press, and the focus stays where it is.

export function morph(shown: Element, wanted: Element): void {
  takeAttributes(shown, wanted);
  const children = [...wanted.childNodes];
  children.forEach((child, place) => {
    const there = shown.childNodes[place];
    if (!there) shown.append(child);
    else if (there instanceof Element && child instanceof Element && there.tagName === child.tagName)
      morph(there, child);
    else if (there instanceof Text && child instanceof Text) {
      if (there.data !== child.data) there.data = child.data;
    } else there.replaceWith(child);
  });
  while (shown.childNodes.length > children.length) shown.lastChild?.remove();
}

function takeAttributes(shown: Element, wanted: Element): void {
  for (const { name, value } of wanted.attributes) {
    if (shown.getAttribute(name) !== value) shown.setAttribute(name, value);
  }
  for (const { name } of [...shown.attributes]) {
    if (!wanted.hasAttribute(name)) shown.removeAttribute(name);
  }
}
