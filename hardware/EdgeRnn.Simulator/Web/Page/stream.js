// The server's events, and the connection to it: lost is said, and tried again until it is there.

const retryMillis = 1000;

export class Stream {
  /** `on` has hello, data, event, and connection ('connecting', 'open', 'lost'). */
  constructor(address, on) {
    this.address = address;
    this.on = on;
    this.open();
  }

  open() {
    const source = new EventSource(this.address);
    const take = name => source.addEventListener(name, message => this.on[name](JSON.parse(message.data)));
    take('data');
    take('event');
    source.addEventListener('hello', message => {
      this.on.hello(JSON.parse(message.data));
      this.on.connection('open');
    });
    source.onerror = () => {
      // The browser's own retry waits longer, and gives up where the server refuses.
      source.close();
      this.on.connection('lost');
      setTimeout(() => this.open(), retryMillis);
    };
  }
}
