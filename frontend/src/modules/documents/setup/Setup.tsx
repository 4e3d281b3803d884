import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { FormsList } from "../../../core/prints/FormsList";
import { useForms } from "../../../core/prints/forms";
import { may, useMe } from "../../../core/session/session";
import { Icon, type IconName } from "../../../ui/icon";
import { Segmented } from "../../../ui/marks";
import { Empty } from "../../../ui/state";
import { DOCUMENTS } from "../document";
import { useDocumentTypes } from "../reads";
import { TemplatesPart } from "./TemplatesPart";
import { TypesPart } from "./TypesPart";
import "../../../core/lists/lists.css";
import "../documents.css";
import "./words";

type Part = "types" | "templates" | "forms";

/** What else of documents is set up, and where. */
const NEAR: {
  to: string;
  icon: IconName;
  word: "toFields" | "toNumbers" | "toRoutes" | "toNomenclature";
  right: string;
}[] = [
  { to: "/settings/fields", icon: "list-ordered", word: "toFields", right: "custom_fields.manage" },
  { to: "/settings/numbering", icon: "hash", word: "toNumbers", right: "numbering.manage" },
  { to: "/settings/routes", icon: "git-branch", word: "toRoutes", right: "routes.manage" },
  { to: "/documents/files", icon: "layers", word: "toNomenclature", right: "documents.view" },
];

/** How the company's documents are arranged: what each type asks for, and what new ones begin with. */
export function Screen() {
  const { t } = useTranslation("documents_setup");
  const { t: prints } = useTranslation("prints");
  const me = useMe();
  // Where the house prints by no forms nothing is said of them.
  const hasForms = useForms(DOCUMENTS, null).data !== undefined;
  const types = useDocumentTypes().data ?? [];
  const navigate = useNavigate();
  const { part = "types" } = useSearch({ strict: false }) as { part?: Part };
  return (
    <div className="doc-page">
      <div className="ph-row">
        <Link
          to={DOCUMENTS.route as never}
          className="icb"
          aria-label={t("back")}
          title={t("back")}
        >
          <Icon name="arrow-left" />
        </Link>
        <h1>{t("setup")}</h1>
      </div>
      {may(me, "documents.rules") ? (
        <>
          <div className="filters">
            <Segmented<Part>
              label={t("setup")}
              value={part}
              options={[
                { value: "types", title: t("types") },
                { value: "templates", title: t("templates") },
                ...(hasForms ? [{ value: "forms" as const, title: prints("forms") }] : []),
              ]}
              onChange={(value) =>
                void navigate({
                  to: ".",
                  search: { part: value === "types" ? undefined : value },
                } as never)
              }
            />
            {NEAR.filter(({ right }) => may(me, right)).map((one) => (
              <Link key={one.to} to={one.to as never} className="btn quiet sm">
                <Icon name={one.icon} />
                {t(one.word)}
              </Link>
            ))}
          </div>
          {part === "types" && <TypesPart />}
          {part === "templates" && <TemplatesPart />}
          {part === "forms" && <FormsList kind={DOCUMENTS} types={types} />}
        </>
      ) : (
        <Empty icon="shield-check" title={t("shut")} text={t("shutText")} />
      )}
    </div>
  );
}
