import { type ReactNode, useRef } from "react";
import { Button } from "../../ui/button";

interface PictureButtonProps {
  /** What the picture is to become: the name of the box for those who do not see it. */
  label: string;
  hint?: string;
  /** Kinds of pictures that will do, where not any. */
  accept?: string;
  busy: boolean;
  /** A telephone opens its camera at once. */
  camera?: boolean;
  onChoose: (file: File) => void;
  children: ReactNode;
  /** The box is `<name>-input`, the button `<name>-choose`. */
  name: string;
}

/** A button that asks for one picture of a kind which browsers can show. */
export function PictureButton(props: PictureButtonProps) {
  const { label, hint, accept, busy, camera, onChoose, children, name } = props;
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button
        icon="image"
        busy={busy}
        title={hint}
        onClick={() => input.current?.click()}
        data-testid={`${name}-choose`}
      >
        {children}
      </Button>
      <input
        ref={input}
        type="file"
        accept={accept ?? "image/png,image/jpeg,image/webp"}
        capture={camera ? "environment" : undefined}
        className="vh"
        tabIndex={-1}
        aria-label={label}
        data-testid={`${name}-input`}
        onChange={(event) => {
          const file = event.target.files?.[0];
          // The same file may be chosen once more.
          event.target.value = "";
          if (file) onChoose(file);
        }}
      />
    </>
  );
}
