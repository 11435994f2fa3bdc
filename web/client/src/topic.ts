export type Unsubscribe = () => void;

/** Who listens to one kind of news. */
export interface Topic<T> {
  subscribe(listener: (news: T) => void): Unsubscribe;
  publish(news: T): void;
}

export function newTopic<T>(): Topic<T> {
  const listeners = new Set<(news: T) => void>();
  return {
    subscribe(listener) {
      // Wrapped, so that the same function can subscribe twice and each one ends alone.
      const entry = (news: T): void => listener(news);
      listeners.add(entry);
      return () => listeners.delete(entry);
    },
    publish(news) {
      for (const listener of listeners) listener(news);
    },
  };
}
