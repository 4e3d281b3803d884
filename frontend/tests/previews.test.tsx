import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Attachment } from "../src/api/contract";
import { letterOf, widthsOf } from "../src/core/attachments/cells";
import { tame, unpackedSize } from "../src/core/attachments/documents";
import { TableView } from "../src/core/attachments/TableView";
import { bytesOf, decoded, lookOf } from "../src/core/attachments/viewing";
import { OtherView, PdfView, TextView } from "../src/core/attachments/views";
import { cache } from "../src/core/session/cache";
import { problem, serve } from "./server";

const OFFICE = "application/vnd.openxmlformats-officedocument";
const MB = 1024 * 1024;

const file = (name: string, content_type: string, size = 5): Attachment =>
  ({ id: 5, name, content_type, size, state: "ready", version: 1 }) as Attachment;

const show = (view: React.ReactNode) =>
  render(<QueryClientProvider client={cache}>{view}</QueryClientProvider>);

const page = (name: string, rows: string[][], more: object = {}) => ({
  sheets: ["Смета", "Итоги"],
  name,
  width: 2,
  height: rows.length,
  rows,
  next: null,
  is_cut: false,
  ...more,
});

beforeEach(() => {
  cache.clear();
  // jsdom lays nothing out; a virtual list needs a height to decide what is in sight.
  vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(800);
  vi.spyOn(HTMLElement.prototype, "offsetWidth", "get").mockReturnValue(1200);
});

describe("how a file is shown", () => {
  it.each([
    ["a.png", "image/png", "picture"],
    ["a.pdf", "application/pdf", "pdf"],
    ["a.XLSX", `${OFFICE}.spreadsheetml.sheet`, "table"],
    ["a.ods", "application/vnd.oasis.opendocument.spreadsheet", "table"],
    ["a.xls", "application/vnd.ms-excel", "table"],
    ["a.xlsb", "application/zip", "table"],
    ["a.csv", "text/plain", "table"],
    ["a.docx", `${OFFICE}.wordprocessingml.document`, "document"],
    ["a.txt", "text/plain", "text"],
    ["a.xml", "application/octet-stream", "text"],
    ["a.html", "application/octet-stream", "text"],
    ["a.pptx", `${OFFICE}.presentationml.presentation`, "none"],
    ["a.doc", "application/msword", "none"],
    ["a.zip", "application/zip", "none"],
    ["xlsx", "application/zip", "none"],
    ["a.bin", "application/octet-stream", "none"],
    ["a.svg", "image/svg+xml", "none"],
  ])("%s of %s is %s", (name, type, look) => {
    expect(lookOf(file(name, type))).toBe(look);
  });

  it("leaves very large ones alone and shows the beginning of long texts", () => {
    expect(lookOf(file("a.docx", `${OFFICE}.wordprocessingml.document`, 21 * MB))).toBe("none");
    expect(lookOf(file("a.xlsx", `${OFFICE}.spreadsheetml.sheet`, 21 * MB))).toBe("none");
    expect(lookOf(file("a.csv", "text/plain", 21 * MB))).toBe("text");
    expect(lookOf(file("a.log", "text/plain", 500 * MB))).toBe("text");
  });

  it("says what is not shown and gives it to be saved", () => {
    show(<OtherView file={file("a.pptx", "x/y")} />);
    expect(screen.getByText(/Просмотр этого вида файлов не поддержан/)).toBeVisible();
    expect(screen.getByRole("link", { name: /Скачать/ })).toHaveAttribute(
      "href",
      "/api/v1/attachments/5/content/?save=true",
    );
  });

  it("opens a PDF apart where the browser shows none inside a page", () => {
    vi.stubGlobal("navigator", { ...navigator, pdfViewerEnabled: false });
    show(<PdfView file={file("a.pdf", "application/pdf")} />);
    expect(screen.getByRole("link", { name: "Открыть отдельно" })).toHaveAttribute(
      "href",
      "/api/v1/attachments/5/content/?show=true",
    );
    vi.unstubAllGlobals();
  });
});

describe("texts", () => {
  const bytes = (...codes: number[]) => new Uint8Array(codes);

  it("are read in the encoding they are in", () => {
    expect(decoded(new TextEncoder().encode("Привет"))).toBe("Привет");
    expect(decoded(bytes(0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2))).toBe("Привет");
    expect(decoded(bytes(0xff, 0xfe, 0x1f, 0x04))).toBe("П");
  });

  it("keep their encoding when the limit cuts a sign in two", () => {
    const torn = new TextEncoder().encode("Привет").slice(0, 5);
    expect(decoded(torn, false)).toBe("Пр");
    expect(decoded(new TextEncoder().encode("ab"), false)).toBe("ab");
  });

  it("are fetched to the limit and no further", async () => {
    const pull = vi.fn((held: ReadableStreamDefaultController) => held.enqueue(new Uint8Array(10)));
    vi.stubGlobal("fetch", async () => new Response(new ReadableStream({ pull })));
    const found = await bytesOf(5, 25, new AbortController().signal);
    expect([found.bytes.length, found.isWhole]).toEqual([25, false]);
    expect(pull.mock.calls.length).toBeLessThan(6);
  });

  it("say that there is more", async () => {
    vi.stubGlobal("fetch", async () => new Response("я".repeat(MB)));
    show(<TextView file={file("a.log", "text/plain", 2 * MB)} />);
    expect(await screen.findByText(/Показано начало файла/)).toBeVisible();
  });
});

describe("tables", () => {
  it("name their columns as table programs do and give them room", () => {
    expect([0, 25, 26, 51, 52, 701, 702].map(letterOf)).toEqual([
      "A",
      "Z",
      "AA",
      "AZ",
      "BA",
      "ZZ",
      "AAA",
    ]);
    const [first = 0, second = 0, third = 0] = widthsOf([["1", "слово".repeat(90)]], 3);
    expect(first).toBe(third);
    expect(second).toBe(300);
  });

  it("are read sheet by sheet and page by page", async () => {
    const asked = serve({
      "GET attachments/5/sheet/": ({ query }) => {
        if (query.get("name") === "Итоги") return { body: page("Итоги", [["Всего", "9"]]) };
        if (query.get("offset") === "2") return { body: page("Смета", [["Песок"]], { height: 3 }) };
        return { body: page("Смета", [["Щебень", "12"], ["Бетон"]], { height: 3, next: 2 }) };
      },
    });
    show(<TableView file={file("a.xlsx", `${OFFICE}.spreadsheetml.sheet`)} />);
    expect(await screen.findByText("Щебень")).toBeVisible();
    expect(await screen.findByText("Песок")).toBeVisible();
    expect(screen.getAllByRole("columnheader").map((one) => one.textContent)).toEqual(["A", "B"]);
    expect(screen.getAllByRole("rowheader").map((one) => one.textContent)).toEqual(["1", "2", "3"]);
    await userEvent.click(screen.getByRole("tab", { name: "Итоги" }));
    expect(await screen.findByText("Всего")).toBeVisible();
    expect(screen.getByRole("tab", { name: "Итоги" })).toHaveAttribute("aria-selected", "true");
    expect(asked.map(({ query }) => query.get("offset"))).toEqual(["0", "2", "0"]);
  });

  it("say why they are not shown", async () => {
    const detail = "Файл закрыт паролем. Скачайте его";
    serve({ "GET attachments/5/sheet/": problem(409, "table-locked", { detail }) });
    show(<TableView file={file("a.xlsx", `${OFFICE}.spreadsheetml.sheet`)} />);
    expect(await screen.findByText(/закрыт паролем/)).toBeVisible();
    expect(screen.getByRole("link", { name: /Скачать/ })).toBeVisible();
  });

  it("say that a sheet is empty and that the file goes on", async () => {
    serve({ "GET attachments/5/sheet/": { body: page("Смета", [], { is_cut: true }) } });
    show(<TableView file={file("a.xlsx", `${OFFICE}.spreadsheetml.sheet`)} />);
    expect(await screen.findByText("На этом листе ничего нет.")).toBeVisible();
    await waitFor(() => expect(screen.getByText(/Показаны не все/)).toBeVisible());
  });
});

describe("documents", () => {
  const tamed = (markup: string) => {
    const box = document.createElement("div");
    box.innerHTML = markup;
    tame(box);
    return box;
  };

  it.each([
    '<a href="javascript:alert(1)">x</a>',
    '<a href=" JaVaScRiPt:alert(1)">x</a>',
    '<a href="data:text/html,x">x</a>',
    '<a href="data:image/svg+xml,x">x</a>',
    '<a href="/settings">x</a>',
    '<a href="">x</a>',
  ])("lose links that are none: %s", (markup) => {
    expect(tamed(markup).querySelector("a")).not.toHaveAttribute("href");
  });

  it("open addresses apart and follow places inside", () => {
    const link = tamed('<a href="https://[::1]/">x</a>').querySelector("a");
    expect(link).toHaveAttribute("href", "https://[::1]/");
    expect(link).toHaveAttribute("target", "_blank");
    expect(link).toHaveAttribute("rel", "noopener noreferrer");
    const inner = tamed(`<a href="${window.location.href}#part">x</a>`).querySelector("a");
    expect(inner).not.toHaveAttribute("href");
    expect(inner).toHaveAttribute("data-place", "part");
  });

  it("keep what they have brought and nothing from outside", () => {
    const box = tamed(
      '<img src="data:image/png;base64,AA"><img src="/api/v1/me/"><img src="x" onerror="alert(1)">' +
        '<iframe srcdoc="x"></iframe><script>1</script><svg><image href="//[::1]/a"/></svg>',
    );
    const sources = [...box.querySelectorAll("img")].map((one) => one.getAttribute("src"));
    expect(sources).toEqual(["data:image/png;base64,AA", null, null]);
    expect(box.innerHTML).not.toMatch(/iframe|script|onerror|::1/);
  });

  it("are measured before they are unpacked", () => {
    const part = new Uint8Array(46 + 1 + 22);
    const view = new DataView(part.buffer);
    view.setUint32(0, 0x02014b50, true);
    view.setUint32(24, 123_456_789, true);
    view.setUint16(28, 1, true);
    view.setUint32(47, 0x06054b50, true);
    view.setUint16(57, 1, true);
    expect(unpackedSize(part)).toBe(123_456_789);
    expect(unpackedSize(new Uint8Array(100))).toBe(Number.POSITIVE_INFINITY);
    expect(unpackedSize(new Uint8Array(3))).toBe(Number.POSITIVE_INFINITY);
  });
});
