// Checks the public certificate in the reader's own browser: do the two tables behind every number fit all that the
// edition says? Nothing is believed but addition. Without this file the page has the same numbers.
"use strict";
{
  // Its words stand on the element that asks for it: they are the catalogue's.
  const said = document.currentScript.dataset;
  const LEVELS = ["pillar", "theme", "measure"];
  const OF_PARTNERS = ["kind", "region", "first_year"];
  const MANY = 10000;

  const keyOf = (counts, pairs) => JSON.stringify([counts, [...pairs].sort((a, b) => (a.join() < b.join() ? -1 : 1))]);
  const product = (lists) => lists.reduce((all, list) => all.flatMap((one) => list.map((each) => [...one, each])), [[]]);

  // What is published: per key the least and the most that a number may be.
  const readCells = (release) => {
    const cells = new Map();
    for (const table of release.tables) {
      for (const cell of table.cells) {
        const pairs = table.dimensions.map(({ name }) => [name, cell[name]]).filter(([, code]) => code !== "_T");
        const off = cell.status === "rounded" ? release.rounding_base - 1 : 0;
        const low = Math.max(cell.named ?? 0, cell.value === null ? 0 : cell.value - off);
        cells.set(keyOf(table.counts, pairs), { counts: table.counts, pairs, low, high: cell.value === null ? Infinity : cell.value + off });
      }
    }
    return cells;
  };

  // Rules are [terms, equal]: the sum of times × number is 0 or at least 0; terms are [key, times].
  const rulesWithin = function* (table) {
    const sides = table.dimensions.map((side) => side.categories.map(({ code }) => [side.name, code]));
    const key = (pairs) => keyOf(table.counts, pairs.filter(Boolean));
    const several = sides.filter((_, axis) => !table.dimensions[axis].partition);
    for (const [axis, side] of sides.entries()) {
      const partition = table.dimensions[axis].partition;
      for (const rest of product(sides.filter((_, other) => other !== axis).map((other) => [...other, null]))) {
        yield [[[key(rest), -1], ...side.map((pair) => [key([...rest, pair]), 1])], partition];
        if (!partition) for (const pair of side) yield [[[key(rest), 1], [key([...rest, pair]), -1]], false];
      }
    }
    for (const one of several) {
      for (const other of several.filter((each) => each !== one)) {
        for (const a of one) {
          const ends = other.flatMap((b) => [[key([b]), 1], [key([a, b]), -1]]);
          yield [[[key([]), -1], [key([a]), 1], ...ends], false];
          for (const b of other) yield [[[key([]), 1], [key([a]), -1], [key([b]), -1], [key([a, b]), 1]], false];
        }
      }
    }
  };

  // What a theme or measure lies in, nearest first; undefined for what the record does not tell.
  const ancestors = (parents, [name, code]) => {
    const found = [];
    for (const level of LEVELS.slice(0, Math.max(0, LEVELS.indexOf(name))).reverse()) {
      code = parents.get(JSON.stringify([name, code]));
      name = level;
      if (code === undefined) return found;
      found.push([name, code]);
    }
    return found;
  };

  const rulesBetween = function* (release, cells) {
    const parents = new Map();
    for (const side of release.tables.flatMap(({ dimensions }) => dimensions)) {
      for (const each of side.categories) if (each.parent) parents.set(JSON.stringify([side.name, each.code]), each.parent);
    }
    for (const [key, { counts, pairs }] of cells) {
      for (const low of pairs) {
        for (const above of ancestors(parents, low)) {
          const others = pairs.filter((pair) => pair !== low);
          const inside = pairs.some((pair) => pair.join() === above.join());
          const without = keyOf(counts, pairs.filter((pair) => pair.join() !== above.join()));
          const whole = keyOf(counts, [...others, above]);
          if (inside && cells.has(without)) yield [[[key, 1], [without, -1]], true];
          else if (!inside && cells.has(whole)) yield [[[whole, 1], [key, -1]], false];
        }
      }
      const partners = keyOf("partners", pairs);
      if (counts === "conversations" && pairs.every(([name]) => OF_PARTNERS.includes(name)) && cells.has(partners)) {
        yield [[[partners, MANY], [key, -1]], false];
      }
    }
  };

  const need = (holds, what) => {
    if (!holds) throw new Error(what);
  };

  const check = (release, proof) => {
    need(proof.schema === "tweeluik-proof-1" && proof.edition === release.edition && proof.version === release.version, said.version);
    const cells = readCells(release);
    const keys = proof.numbers.map(([counts, pairs]) => keyOf(counts, pairs));
    const open = [...cells].filter(([, { low, high }]) => low !== high).map(([key]) => key);
    need(keys.length === open.length && open.every((key) => keys.includes(key)), said.other);
    const rules = [...release.tables.flatMap((table) => [...rulesWithin(table)]), ...rulesBetween(release, cells)];
    for (const table of proof.tables) {
      const values = new Map([...cells].map(([key, { low }]) => [key, low]));
      keys.forEach((key, i) => values.set(key, table[i]));
      for (const [key, { low, high }] of cells) {
        const value = values.get(key);
        need(Number.isInteger(value) && low <= value && value <= high, said.number);
      }
      for (const [terms, equal] of rules) {
        const sum = terms.reduce((total, [key, times]) => total + times * values.get(key), 0);
        need(equal ? sum === 0 : sum >= 0, said.sum);
      }
    }
    proof.shown.forEach(([low, high], i) => need(proof.tables[low][i] < proof.tables[high][i], said.fixed));
    return said.right.replace("{numbers}", proof.numbers.length).replace("{tables}", proof.tables.length);
  };

  const digest = async (text) => {
    const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    return [...new Uint8Array(bytes)].map((each) => each.toString(16).padStart(2, "0")).join("");
  };

  const recount = async (folder) => {
    const [release, proof] = await Promise.all(["release.json", "proof.json"].map(async (name) => (await fetch(folder + name)).text()));
    const made = JSON.parse(proof);
    if (globalThis.crypto?.subtle) need((await digest(release)) === made.release, said.changed);
    return check(JSON.parse(release), made);
  };

  for (const place of document.querySelectorAll("[data-narekenen]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = said.do;
    const status = document.createElement("span");
    status.setAttribute("role", "status");
    button.addEventListener("click", async () => {
      try {
        status.textContent = ` ${await recount(place.dataset.narekenen)}`;
      } catch (error) {
        const here = location.protocol === "file:" ? said.server : said.wrong.replace("{what}", error.message);
        status.textContent = ` ${here}`;
      }
    });
    place.append(button, status);
  }
}
