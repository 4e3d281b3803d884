/** Time zones of Russia and its neighbours, called by the city people know them by. */

const CITIES: Record<string, string> = {
  "Europe/Kaliningrad": "Калининград",
  "Europe/Chisinau": "Кишинёв",
  "Europe/Minsk": "Минск",
  "Europe/Moscow": "Москва",
  "Europe/Kirov": "Киров",
  "Europe/Volgograd": "Волгоград",
  "Europe/Samara": "Самара",
  "Europe/Astrakhan": "Астрахань",
  "Europe/Saratov": "Саратов",
  "Europe/Ulyanovsk": "Ульяновск",
  "Asia/Baku": "Баку",
  "Asia/Yerevan": "Ереван",
  "Asia/Tbilisi": "Тбилиси",
  "Asia/Yekaterinburg": "Екатеринбург",
  "Asia/Almaty": "Алматы",
  "Asia/Ashgabat": "Ашхабад",
  "Asia/Dushanbe": "Душанбе",
  "Asia/Tashkent": "Ташкент",
  "Asia/Bishkek": "Бишкек",
  "Asia/Omsk": "Омск",
  "Asia/Barnaul": "Барнаул",
  "Asia/Krasnoyarsk": "Красноярск",
  "Asia/Novokuznetsk": "Новокузнецк",
  "Asia/Novosibirsk": "Новосибирск",
  "Asia/Tomsk": "Томск",
  "Asia/Irkutsk": "Иркутск",
  "Asia/Shanghai": "Пекин",
  "Asia/Ulaanbaatar": "Улан-Батор",
  "Asia/Chita": "Чита",
  "Asia/Yakutsk": "Якутск",
  "Asia/Vladivostok": "Владивосток",
  "Asia/Magadan": "Магадан",
  "Asia/Sakhalin": "Южно-Сахалинск",
  "Asia/Srednekolymsk": "Среднеколымск",
  "Asia/Anadyr": "Анадырь",
  "Asia/Kamchatka": "Камчатка",
  UTC: "Всемирное время",
};

const ALPHABET = new Intl.Collator("ru");

interface ZoneOption {
  value: string;
  label: string;
}

/** Minutes ahead of UTC at the given moment. */
function ahead(zone: string, now: Date): number {
  const read = (timeZone: string) => Date.parse(`${now.toLocaleString("en-US", { timeZone })} UTC`);
  return Math.round((read(zone) - read("UTC")) / 60_000);
}

function offset(minutes: number): string {
  if (minutes === 0) return "UTC";
  const size = Math.abs(minutes);
  const rest = size % 60;
  const tail = rest > 0 ? `:${String(rest).padStart(2, "0")}` : "";
  return `UTC${minutes < 0 ? "−" : "+"}${Math.floor(size / 60)}${tail}`;
}

/** What is offered, from west to east; a zone that is set already stays even when it is a foreign one. */
/** «Москва»; the zone's own name where nobody knows it by a city. */
export const cityOf = (zone: string): string => CITIES[zone] ?? zone;

export function timeZones(current: string, now = new Date()): ZoneOption[] {
  const known = Object.keys(CITIES);
  const zones = known.includes(current) ? known : [...known, current];
  return zones
    .map((zone) => ({
      zone,
      city: CITIES[zone] ?? zone.replaceAll("_", " "),
      at: ahead(zone, now),
    }))
    .sort((one, two) => one.at - two.at || ALPHABET.compare(one.city, two.city))
    .map(({ zone, city, at }) => ({ value: zone, label: `${city}, ${offset(at)}` }));
}
