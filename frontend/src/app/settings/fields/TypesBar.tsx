import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CardKindSettings, CardType } from "../../../api/contract";
import { sentenceOf } from "../../../api/problem";
import { patch, post } from "../../../api/request";
import { Button } from "../../../ui/button";
import { Menu, type MenuItem } from "../../../ui/menu";
import { complain } from "../../../ui/toast";
import { TitleDialog } from "../people/TitleDialog";
import { refreshKinds } from "./settings";
import "./words";

/** Types of a kind: the kind's own first, then those of the company. */
export function TypesBar({ kind }: { kind: CardKindSettings }) {
  const { t } = useTranslation("fieldset");
  const [naming, setNaming] = useState<CardType | "new" | null>(null);
  const change = async (type: CardType, given: object) => {
    try {
      await patch(`card-types/${type.id}/`, given);
    } catch (error) {
      complain(sentenceOf(error));
    }
    await refreshKinds();
  };
  const menu = (type: CardType): MenuItem[] => [
    { key: "rename", title: t("typeRename"), icon: "pencil", run: () => setNaming(type) },
    {
      key: "archive",
      title: t(type.is_archived ? "typeRestore" : "typeArchive"),
      icon: type.is_archived ? "rotate-ccw" : "trash-2",
      run: () => void change(type, { is_archived: !type.is_archived }),
    },
  ];
  const save = async (title: string) => {
    if (naming === "new") await post("card-types/", { kind: kind.code, title });
    else if (naming) await patch(`card-types/${naming.id}/`, { title });
    await refreshKinds();
  };
  return (
    <section className="set-sec" aria-label={t("types")}>
      <h3>{t("types")}</h3>
      <p className="hint">{t("typesNote")}</p>
      <div className="row kinds">
        {kind.types.map((type) =>
          type.id === null ? (
            <span key="own" className="chip">
              {type.title}
            </span>
          ) : (
            <Menu
              key={type.code}
              label={type.title}
              items={menu(type)}
              trigger={(open) => (
                <button
                  type="button"
                  className={type.is_archived ? "chip t3" : "chip"}
                  data-testid="card-type-chip"
                  {...open}
                >
                  {type.is_archived ? t("typeArchived", { title: type.title }) : type.title}
                </button>
              )}
            />
          ),
        )}
        <Button size="sm" icon="plus" onClick={() => setNaming("new")} data-testid="card-type-add">
          {t("typeNew")}
        </Button>
      </div>
      {naming && (
        <TitleDialog
          title={naming === "new" ? t("typeNew") : t("typeRename")}
          label={t("typeTitle")}
          value={naming === "new" ? "" : naming.title}
          onSave={save}
          onClose={() => setNaming(null)}
        />
      )}
    </section>
  );
}
