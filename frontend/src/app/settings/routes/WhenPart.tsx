import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Route, RoutedKind } from "../../../api/routes";
import { Button } from "../../../ui/button";
import { TextField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { say } from "../../../ui/toast";
import { Check } from "../fields/Check";
import { useSaving } from "../saving";
import { ConditionBox } from "./ConditionBox";
import { changeRoute } from "./settings";
import { TypeField } from "./TypeField";
import "../settings.css";
import "./words";

interface WhenPartProps {
  route: Route;
  kind: RoutedKind;
  onChanged: (fresh: Route) => void;
}

/** What a route is called and when it is the one to take. */
export function WhenPart({ route, kind, onChanged }: WhenPartProps) {
  const { t } = useTranslation("routeset");
  const { t: ui } = useTranslation("ui");
  const { t: settings } = useTranslation("settings");
  const [title, setTitle] = useState(route.title);
  const [card_type, setType] = useState(route.card_type);
  const [condition, setCondition] = useState(route.condition);
  const [by_hand, setByHand] = useState(route.by_hand);
  const { busy, errors, run } = useSaving();
  const save = () =>
    run(async () => {
      onChanged(await changeRoute(route, { title: title.trim(), card_type, condition, by_hand }));
      say(settings("saved"));
    });
  return (
    <Form className="set-form" onSubmit={() => void save()}>
      <TextField
        label={t("name")}
        required
        maxLength={100}
        value={title}
        error={errors.title}
        onChange={(event) => setTitle(event.target.value)}
        data-testid="route-title"
      />
      <TypeField kind={kind.kind} value={card_type} onChange={setType} />
      <ConditionBox
        kind={kind}
        label={t("conditionRoute")}
        hint={t("conditionRouteHint")}
        value={condition}
        error={errors.stages ?? errors.condition}
        onChange={setCondition}
        testId="route-condition"
      />
      <Check on={by_hand} label={t("byHand")} onChange={setByHand} testId="route-by-hand" />
      <div>
        <Button
          look="primary"
          type="submit"
          busy={busy}
          disabled={!title.trim()}
          data-testid="route-when-save"
        >
          {ui("save")}
        </Button>
      </div>
    </Form>
  );
}
