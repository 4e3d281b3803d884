import { useTranslation } from "react-i18next";
import { IconButton } from "./button";
import { Icon, type IconName } from "./icon";
import { createStore, useStore } from "./store";
import "./words";

interface Toast {
  id: number;
  text: string;
  icon: IconName;
  action?: { title: string; run: () => void };
}

const toasts = createStore<Toast[]>([]);
let last = 0;

function drop(id: number): void {
  toasts.set(toasts.get().filter((toast) => toast.id !== id));
}

/** Say something in passing; with an action it stays long enough to be pressed. */
export function say(
  text: string,
  options: { icon?: IconName; action?: Toast["action"]; stay?: number } = {},
): () => void {
  last += 1;
  const id = last;
  const toast: Toast = { id, text, icon: options.icon ?? "check" };
  if (options.action) toast.action = options.action;
  // What is said again without an offer is one word, not a heap of them.
  const others = toasts.get().filter((one) => one.action || options.action || one.text !== text);
  toasts.set([...others.slice(-2), toast]);
  window.setTimeout(() => drop(id), options.stay ?? (options.action ? 8000 : 4000));
  return () => drop(id);
}

/** Say why something is refused; what stands there already with a way out is not said again without it. */
export function complain(text: string): () => void {
  const standing = toasts.get().find((toast) => toast.action && toast.text === text);
  return standing ? () => drop(standing.id) : say(text, { icon: "circle-alert", stay: 7000 });
}

export function Toasts() {
  const { t } = useTranslation("ui");
  const list = useStore(toasts);
  return (
    <div className="toasts" aria-live="polite">
      {list.map((toast) => (
        <div key={toast.id} className="toast" data-testid="toast">
          <Icon name={toast.icon} />
          <span className="grow">{toast.text}</span>
          {toast.action && (
            <button
              type="button"
              className="un"
              onClick={() => {
                drop(toast.id);
                toast.action?.run();
              }}
            >
              {toast.action.title}
            </button>
          )}
          <IconButton icon="x" label={t("close")} small onClick={() => drop(toast.id)} />
        </div>
      ))}
    </div>
  );
}
