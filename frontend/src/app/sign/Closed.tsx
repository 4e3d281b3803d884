import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui/button";
import { SignFrame } from "./SignFrame";
import { SignIn } from "./SignIn";
import "./words";

/** Whoever was let go hears it where he comes in, from the server, which tells it to his browser alone. */
export function Closed({ text }: { text: string }) {
  const { t } = useTranslation("sign");
  const [other, setOther] = useState(false);
  if (other) return <SignIn />;
  return (
    <SignFrame title={t("closed")}>
      <p className="t2" data-testid="access-closed">
        {text}
      </p>
      <Button size="lg" wide onClick={() => setOther(true)} data-testid="closed-other">
        {t("closedOther")}
      </Button>
    </SignFrame>
  );
}
