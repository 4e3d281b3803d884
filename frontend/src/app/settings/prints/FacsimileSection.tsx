import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Facsimile, Facsimiles } from "../../../api/prints";
import { del, put } from "../../../api/request";
import { PictureButton } from "../../../core/attachments/PictureButton";
import { base64Of } from "../../../core/prints/forms";
import { cache } from "../../../core/session/cache";
import { Button } from "../../../ui/button";
import { TextField } from "../../../ui/field";
import { say } from "../../../ui/toast";
import { useSaving } from "../saving";
import "./prints.css";
import "./words";

export const FACSIMILES = ["facsimiles"];
const MOST_BYTES = 300 * 1024;
const LEAST_MM = 10;
const MOST_MM = 80;
/** Pixels of the screen in a millimetre of paper. */
const PX_IN_MM = 96 / 25.4;

const isWidth = (text: string): boolean =>
  /^\d+$/.test(text) && Number(text) >= LEAST_MM && Number(text) <= MOST_MM;

/** One picture as large as it will be on paper, put and taken away at once. */
export function FacsimileSection({ one }: { one: Facsimile }) {
  const { t } = useTranslation("facsimiles");
  const { busy, errors, fail, run } = useSaving();
  const [width, setWidth] = useState(String(one.width_mm));
  const isStamp = one.whose === "company";
  const title = t(isStamp ? "stamp" : "signature");
  const path = `facsimiles/${one.whose}/`;

  const keep = (content: string) =>
    run(async () => {
      const kept = await put<Facsimile>(path, { content, width_mm: Number(width) });
      show(kept);
      say(t("saved"));
    });
  const choose = async (file: File) => {
    if (file.size > MOST_BYTES) return fail({ content: t("heavy") });
    if (!isWidth(width)) return fail({ width_mm: t("wrongWidth") });
    return keep(await base64Of(file));
  };
  const remove = () =>
    run(async () => {
      await del(path);
      show({ ...one, content: "" });
      say(t("removed"));
    });
  const resize = () => {
    if (!isWidth(width)) return fail({ width_mm: t("wrongWidth") });
    return keep(one.content);
  };

  const shown = isWidth(width) ? Number(width) : one.width_mm;
  return (
    <section
      className="set-sec facsimile"
      aria-label={title}
      data-testid={`facsimile-${one.whose}`}
    >
      <h3>{title}</h3>
      <p className="hint">{t(isStamp ? "stampNote" : "signatureNote")}</p>
      <div className="facsimile-sheet">
        {one.content ? (
          <img
            src={`data:image/png;base64,${one.content}`}
            alt={title}
            style={{ width: shown * PX_IN_MM }}
          />
        ) : (
          <span>{t("none")}</span>
        )}
      </div>
      <div className="row facsimile-deeds">
        <PictureButton
          label={title}
          accept="image/png"
          busy={busy}
          onChoose={(file) => void choose(file)}
          name={`facsimile-${one.whose}`}
        >
          {t(one.content ? "replace" : "put")}
        </PictureButton>
        {one.content && (
          <Button
            look="quiet"
            disabled={busy}
            onClick={() => void remove()}
            data-testid={`facsimile-${one.whose}-remove`}
          >
            {t("remove")}
          </Button>
        )}
      </div>
      <p className={errors.content ? "fld-msg err" : "fld-msg"}>
        <span role={errors.content ? "alert" : undefined}>{errors.content ?? t("fileNote")}</span>
      </p>
      <div className="row facsimile-width">
        <TextField
          label={t("width")}
          inputMode="numeric"
          value={width}
          error={errors.width_mm}
          onChange={(event) => setWidth(event.target.value)}
        />
        {one.content && width !== String(one.width_mm) && (
          <Button busy={busy} onClick={() => void resize()}>
            {t("resize")}
          </Button>
        )}
      </div>
    </section>
  );
}

function show(kept: Facsimile): void {
  cache.setQueryData<Facsimiles>(
    FACSIMILES,
    (known) =>
      known && { results: known.results.map((one) => (one.whose === kept.whose ? kept : one)) },
  );
}
