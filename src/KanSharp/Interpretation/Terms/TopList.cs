namespace KanSharp.Interpretation.Terms;

/// <summary>The entries with the lowest keys; equal keys keep the one that came first. A binary heap with the worst entry on top.</summary>
internal sealed class TopList<T>(int capacity)
{
    private readonly (double Key, long Order, T Value)[] _heap = new (double, long, T)[capacity];
    private long _order;

    public int Count { get; private set; }

    /// <summary>Entries with keys above this are refused.</summary>
    public double Threshold { get; private set; } = double.PositiveInfinity;

    public void Add(double key, T value)
    {
        if (!(key < Threshold))
            return;
        (double, long, T) entry = (key, _order++, value);
        if (Count < capacity)
        {
            _heap[Count] = entry;
            Rise(Count++);
        }
        else
        {
            _heap[0] = entry;
            Sink();
        }

        if (Count == capacity)
            Threshold = _heap[0].Key;
    }

    /// <summary>Best first.</summary>
    public IEnumerable<(double Key, T Value)> Sorted() => _heap.Take(Count)
        .OrderBy(entry => entry.Key).ThenBy(entry => entry.Order).Select(entry => (entry.Key, entry.Value));

    private static bool Worse(in (double Key, long Order, T Value) a, in (double Key, long Order, T Value) b) =>
        a.Key > b.Key || (a.Key == b.Key && a.Order > b.Order);

    private void Rise(int at)
    {
        while (at > 0 && Worse(_heap[at], _heap[(at - 1) / 2]))
        {
            (_heap[at], _heap[(at - 1) / 2]) = (_heap[(at - 1) / 2], _heap[at]);
            at = (at - 1) / 2;
        }
    }

    private void Sink()
    {
        int at = 0;
        while (true)
        {
            int worst = at;
            for (int child = 2 * at + 1; child <= 2 * at + 2 && child < Count; child++)
            {
                if (Worse(_heap[child], _heap[worst]))
                    worst = child;
            }

            if (worst == at)
                return;
            (_heap[at], _heap[worst]) = (_heap[worst], _heap[at]);
            at = worst;
        }
    }
}
