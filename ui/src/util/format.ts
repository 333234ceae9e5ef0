const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto", style: "short" });
const absolute = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "medium" });
const zoned = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "long" });

const day = new Intl.DateTimeFormat("en", { dateStyle: "medium" });

const spans: [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** “3 min. ago”; the newest seconds are “just now”, so that a row does not flicker. */
export function formatAgo(iso: string, now = Date.now()): string {
  const seconds = (now - Date.parse(iso)) / 1000;
  for (const [unit, length] of spans) {
    if (seconds >= length) {
      return relative.format(-Math.floor(seconds / length), unit);
    }
  }
  return seconds >= 10 ? `${Math.floor(seconds)} s ago` : "just now";
}

export function formatTime(iso: string): string {
  return absolute.format(new Date(iso));
}

/** “May 1, 2026, 12:00:00 PM GMT+2”: for a moment to come, which people of other zones plan by too. */
export function formatTimeAndZone(iso: string): string {
  return zoned.format(new Date(iso));
}

/** “May 1, 2026” */
export function formatDay(iso: string): string {
  return day.format(new Date(iso));
}

/** “0.4 s”, “12.3 s”, “2 min 05 s”. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 99.95) {
    return `${seconds.toFixed(1)} s`;
  }
  const whole = Math.round(seconds);
  if (whole < 3600) {
    return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
  }
  return `${Math.floor(whole / 3600)} h ${String(Math.floor((whole % 3600) / 60)).padStart(2, "0")} min`;
}

/** The time between two moments; a missing end is now. */
export function durationBetween(start: string, end: string | null | undefined, now = Date.now()): string {
  return formatDuration((end ? Date.parse(end) : now) - Date.parse(start));
}

/** Decimal units, as registries count. */
export function formatBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

export const shortCommit = (sha: string) => sha.slice(0, 7);

/** The first twelve digits behind `sha256:`, which is what people compare. */
export const shortDigest = (digest: string) => digest.replace(/^sha256:/, "").slice(0, 12);

/** The last part of an id: the first digits of these ids are a clock and look alike. */
export const shortId = (id: string) => id.slice(-8);

/** `https://github.com/northwind/shop.git` → `northwind/shop`; other hosts keep their name. */
export function repositoryName(gitUrl: string): string {
  const match = /^[a-z+]+:\/\/(?:[^@/]*@)?([^/]+)\/(.+?)(?:\.git)?\/?$/.exec(gitUrl);
  if (!match) {
    return gitUrl;
  }
  return match[1] === "github.com" ? (match[2] ?? gitUrl) : `${match[1]}/${match[2]}`;
}

/** The address to open for a repository, where a browser can open it. */
export function repositoryLink(gitUrl: string): string | null {
  return /^https?:\/\//.test(gitUrl) ? gitUrl.replace(/\.git$/, "") : null;
}

export const withoutScheme = (url: string) => url.replace(/^[a-z]+:\/\//, "").replace(/\/$/, "");

const browsers: [RegExp, string][] = [
  [/Edg\//, "Edge"],
  [/Firefox\//, "Firefox"],
  [/(Chrome|Chromium)\//, "Chrome"],
  [/Safari\//, "Safari"],
];

const systems: [RegExp, string][] = [
  [/Android/, "Android"],
  [/iPhone|iPad/, "iOS"],
  [/Mac OS X/, "macOS"],
  [/Windows/, "Windows"],
  [/Linux/, "Linux"],
];

/** What people call a browser; one that is not known keeps its own words. */
export function browserOf(userAgent: string): string {
  const browser = browsers.find(([sign]) => sign.test(userAgent))?.[1];
  const system = systems.find(([sign]) => sign.test(userAgent))?.[1];
  return browser ? [browser, system].filter(Boolean).join(" on ") : userAgent || "Unknown";
}
