// Every visible text with a contrast below 4.5 to its ground, as "text: ratio"; SVG text counts its fill.
(() => {
  const channels = (colour) => {
    const found = colour.match(/[\d.]+/g).map(Number);
    return found.length < 4 ? [...found, 1] : found;
  };
  const over = ([r, g, b, a], under) => [r, g, b].map((value, at) => value * a + under[at] * (1 - a));
  const ground = (node) => {
    const behind = node.parentElement ? ground(node.parentElement) : [255, 255, 255];
    return over(channels(getComputedStyle(node).backgroundColor), behind);
  };
  const light = (colour) => {
    const [r, g, b] = colour.map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (node) => {
    const style = getComputedStyle(node);
    const under = ground(node);
    const ink = over(channels(node.closest("svg") ? style.fill : style.color), under);
    const [most, least] = [light(ink), light(under)].sort((one, other) => other - one);
    return (most + 0.05) / (least + 0.05);
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (texts.nextNode()) {
    const text = texts.currentNode.textContent.trim();
    const node = texts.currentNode.parentElement;
    if (!text || ["title", "desc"].includes(node.tagName) || !node.checkVisibility()) continue;
    if (ratio(node) < 4.5) found.push(`${text.slice(0, 40)}: ${ratio(node).toFixed(2)}`);
  }
  return found;
})()
