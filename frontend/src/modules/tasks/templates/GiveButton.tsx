import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { GivenOut } from "../../../api/generated/company/types.gen";
import { sentenceOf } from "../../../api/problem";
import { post } from "../../../api/request";
import { keys } from "../../../core/entities/kind";
import { cache } from "../../../core/session/cache";
import { recount } from "../../../core/session/session";
import { Button } from "../../../ui/button";
import { complain, say } from "../../../ui/toast";
import { TASKS } from "../task";
import { TEMPLATES, type Template } from "./template";
import "./words";

/** The tasks of a template at this moment, besides its plan. */
export function GiveButton({ template }: { template: Template }) {
  const { t } = useTranslation("templates");
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const give = async () => {
    setBusy(true);
    try {
      const path = `${TEMPLATES.path}/${template.id}/give/`;
      const { results, coming } = await post<GivenOut>(path);
      recount();
      void cache.invalidateQueries({ queryKey: keys.card(TEMPLATES, template.id) });
      void cache.invalidateQueries({ queryKey: keys.list(TEMPLATES) });
      void cache.invalidateQueries({ queryKey: [TASKS.code] });
      const [only] = results;
      const action =
        results.length === 1 && only
          ? { title: t("openTask"), run: () => void navigate({ to: only.route } as never) }
          : undefined;
      const said = [t("given", { count: results.length })];
      if (coming > 0) said.push(t("givenLater", { count: coming }));
      say(said.join(" "), {
        icon: "list-checks",
        ...(action && { action }),
      });
    } catch (error) {
      complain(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button icon="play" busy={busy} onClick={() => void give()} data-testid="template-give">
      {t("give")}
    </Button>
  );
}
