namespace KanSharp.Numerics;

/// <summary>
/// Keeps one idle work object of a type per thread, so that a kernel called again and again allocates nothing. The objects carry no
/// result from one use to the next; a nested use simply gets its own.
/// </summary>
internal static class WorkCache<TWork>
    where TWork : class, new()
{
    [ThreadStatic]
    private static TWork? t_idle;

    public static TWork Rent()
    {
        TWork work = t_idle ?? new TWork();
        t_idle = null;
        return work;
    }

    public static void Return(TWork work) => t_idle = work;
}
