/**
 * One socket per page. Screens subscribe to what they show; after a break the client
 * asks for everything since the last cursor, or is told that it missed something. A screen
 * that comes back to a topic asks so too: what happened while nobody listened is told then,
 * and what was read just before the listening began is covered, for the server looks back a
 * little from the cursor it is given.
 */

export interface Change {
  topic: string;
  kind: string | null;
}

type Listener = (change: Change) => void;

interface ServerMessage {
  op: "hello" | "subscribed" | "changed" | "missed" | "pong" | "me-changed" | "bell";
  topic?: string;
  topics?: string[];
  kind?: string;
  cursor?: number;
}

interface Outside {
  missed: () => void;
  meChanged: () => void;
  /** Something new for this very person, or read by him in another tab. */
  bell: () => void;
  /** Resolves when the person is back. */
  signedOut: () => Promise<void>;
}

const PING_MS = 25_000;
const SILENCE_MS = 60_000;
const SIGNED_OUT = 4401;
const FORBIDDEN = 4403;
/** The company asks too much at once. */
const BUSY = 4429;
const BUSY_ATTEMPT = 4;
const TOPICS_A_MESSAGE = 50;

export class Live {
  private socket: WebSocket | null = null;
  private readonly topics = new Map<string, Set<Listener>>();
  private cursor: number | null = null;
  /** How far those topics were heard that were left since; kept until the server takes them up again. */
  private readonly heard = new Map<string, number>();
  private attempt = 0;
  private heardAt = 0;
  private stopped = true;
  private timer: number | undefined;

  constructor(
    private readonly address: string,
    private readonly outside: Outside,
  ) {}

  start(): void {
    if (!this.stopped) return;
    this.stopped = false;
    this.open();
    this.timer = window.setInterval(() => this.beat(), PING_MS);
  }

  stop(): void {
    this.stopped = true;
    window.clearInterval(this.timer);
    this.socket?.close();
  }

  /** Hear of changes in a topic until the returned function is called. */
  subscribe(topic: string, listener: Listener): () => void {
    const present = this.topics.get(topic);
    if (present) {
      present.add(listener);
    } else {
      this.topics.set(topic, new Set([listener]));
      this.ask([topic]);
    }
    return () => this.unsubscribe(topic, listener);
  }

  private unsubscribe(topic: string, listener: Listener): void {
    const listeners = this.topics.get(topic);
    if (!listeners?.delete(listener) || listeners.size > 0) return;
    this.topics.delete(topic);
    // Left before it was taken up: it has been heard no further than before.
    if (this.cursor !== null && !this.heard.has(topic)) this.heard.set(topic, this.cursor);
    this.tell({ op: "unsubscribe", topics: [topic] });
  }

  /** Take topics up from where the least heard of them was left; the greeting names the first cursor. */
  private ask(topics: string[]): void {
    if (this.cursor === null) return;
    const since = topics.map((topic) => this.heard.get(topic) ?? (this.cursor as number));
    this.tell({ op: "subscribe", topics, since: Math.min(...since) });
  }

  private tell(message: object): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  private open(): void {
    if (this.stopped) return;
    const socket = new WebSocket(this.address);
    this.socket = socket;
    this.heardAt = Date.now();
    socket.onopen = () => this.resume();
    socket.onmessage = (event) => this.hear(event.data);
    socket.onclose = (event) => this.closed(event.code);
  }

  private resume(): void {
    this.attempt = 0;
    const all = [...this.topics.keys()];
    for (let from = 0; from < all.length; from += TOPICS_A_MESSAGE) {
      this.ask(all.slice(from, from + TOPICS_A_MESSAGE));
    }
  }

  private closed(code: number): void {
    if (this.stopped) return;
    if (code === FORBIDDEN) {
      this.stop();
      return;
    }
    if (code === SIGNED_OUT) {
      void this.outside.signedOut().then(() => this.open());
      return;
    }
    if (code === BUSY) this.attempt = Math.max(this.attempt, BUSY_ATTEMPT);
    const ceiling = Math.min(30_000, 500 * 2 ** this.attempt);
    this.attempt += 1;
    window.setTimeout(() => this.open(), ceiling * (0.5 + Math.random() / 2));
  }

  /** A half-dead connection says nothing; silence for a minute counts as a break. */
  private beat(): void {
    if (Date.now() - this.heardAt > SILENCE_MS) this.socket?.close();
    else this.tell({ op: "ping" });
  }

  /** Everything is read again, so nothing is left to catch up with. */
  private missed(): void {
    this.heard.clear();
    this.outside.missed();
  }

  private hear(data: unknown): void {
    this.heardAt = Date.now();
    const message = JSON.parse(String(data)) as ServerMessage;
    if (message.op === "missed") this.missed();
    if (message.op === "me-changed") this.outside.meChanged();
    if (message.op === "bell") this.outside.bell();
    if (message.op === "subscribed")
      for (const topic of message.topics ?? []) this.heard.delete(topic);
    const first = this.cursor === null;
    if (typeof message.cursor === "number") {
      this.cursor = Math.max(this.cursor ?? 0, message.cursor);
    }
    if (message.op === "hello" && first) this.resume();
    if (message.op !== "changed" || !message.topic) return;
    const change = { topic: message.topic, kind: message.kind ?? null };
    for (const listener of this.topics.get(message.topic) ?? []) listener(change);
  }
}
