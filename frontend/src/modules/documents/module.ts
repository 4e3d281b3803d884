import type { Page } from "../../api/contract";
import { get } from "../../api/request";
import type { FrontModule } from "../../core/entities/module";
import { i18next } from "../../ui/texts";
import { DOCUMENTS, type Row } from "./document";
import "./words";

/** Documents: letters, contracts, orders, memos, minutes. */
export const module: FrontModule = {
  code: "documents",
  icon: "file-text",
  kinds: [DOCUMENTS],
  routes: [
    { path: "/documents/report", load: () => import("./report/Report") },
    { path: "/documents/files", load: () => import("./setup/CaseFiles") },
    { path: "/documents/setup", load: () => import("./setup/Setup") },
    {
      path: "/documents",
      load: () => import("./DocumentList"),
      children: [{ path: "$documentId", load: () => import("./DocumentCard") }],
    },
  ],
  composers: [
    {
      code: DOCUMENTS.code,
      title: i18next.t("documents:createShort"),
      load: () => import("./compose/Composer"),
    },
    {
      code: "documents.memo",
      title: i18next.t("documents:memo"),
      load: () => import("./compose/Memo"),
    },
  ],
  places: [
    { title: i18next.t("documents:report"), icon: "chart-column", to: "/documents/report" },
    { title: i18next.t("documents:nomenclature"), icon: "layers", to: "/documents/files" },
    { title: i18next.t("documents:setup"), icon: "settings-2", to: "/documents/setup" },
  ],
  search: async (text, signal) => {
    const query = { tab: "all", search: text, limit: 6 };
    const page = await get<Page<Row>>("documents/", { query, signal });
    return page.results.map((row) => ({
      key: row.ref,
      title: row.title,
      note: [row.number, row.type.title, row.status_title].filter(Boolean).join(" · "),
      to: `${DOCUMENTS.route}/${row.id}`,
    }));
  },
};
