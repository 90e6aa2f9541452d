// Bodies on their way: held back while they are short, then passed on piece by piece, and bounded in size and
// time throughout.

// A body that is read piece by piece, bounded in size and time.
export class Reading {
  constructor(body, most, limit, gone) {
    this.left = most;
    const stop = new AbortController();
    this.signal = stop.signal;
    this.timer = setTimeout(() => stop.abort("vendor-timeout"), limit);
    gone.addEventListener("abort", () => stop.abort("client-gone"));
    this.stopped = new Promise((_, fail) => stop.signal.addEventListener("abort", () => fail(stop.signal.reason)));
    this.stopped.catch(() => {});
    this.begin(body);
  }

  begin(body) {
    this.reader = body?.getReader();
  }

  within(promise) {
    return Promise.race([promise, this.stopped]);
  }

  // The next piece; nothing at the end.
  async next() {
    const { value } = this.reader ? await this.within(this.reader.read()) : {};
    if (!value) return void (this.done = true);
    this.left -= value.length;
    if (this.left < 0) throw "answer-too-large";
    return value;
  }

  // Reads to the end, or until more than so many bytes are there.
  async hold(most) {
    const pieces = [];
    let length = 0;
    for (let piece; length <= most && (piece = await this.next()); length += piece.length) pieces.push(piece);
    const held = new Uint8Array(length);
    pieces.reduce((at, piece) => (held.set(piece, at), at + piece.length), 0);
    return held;
  }

  stop() {
    clearTimeout(this.timer);
    this.reader?.cancel().catch(() => {});
  }
}

// The names of reasons are thrown as they are. All other errors are the runtime's, and mean that no answer came.
export const reason = (error) => (typeof error === "string" ? error : "vendor-unreachable");

// The body for the page: what was held back, then piece by piece what comes. It breaks off where the vendor does.
export function rest(held, reading, call, status) {
  const fail = (down, error) => {
    down.error(error);
    reading.stop();
    call.end(error === "client-gone" ? 499 : status, reason(error));
  };
  return new ReadableStream({
    start(down) {
      down.enqueue(held);
      // A page that does not read on asks for no piece, so the end of the time comes by itself.
      reading.signal.addEventListener("abort", () => call.done && fail(down, reading.signal.reason));
    },
    async pull(down) {
      try {
        const piece = await reading.next();
        if (piece) return down.enqueue(piece);
        down.close();
        reading.stop();
        call.end(status);
      } catch (error) {
        if (call.done) fail(down, error);
      }
    },
    cancel() {
      reading.stop();
      call.gone();
    },
  });
}
