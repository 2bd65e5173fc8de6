using System.Numerics;
using KanSharp.Networks;

namespace KanSharp.Interpretation;

/// <summary>A network that was reduced step by step.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="Network">The new network.</param>
/// <param name="Error">Its error on the judging data.</param>
/// <param name="ErrorBefore">That of the network that was given.</param>
/// <param name="Steps">The steps: numbers of edges and errors are the trade-off between size and accuracy.</param>
/// <param name="Notes">What was not done as asked, and why.</param>
public sealed record LeastHarmResult<T>(
    KanNetwork<T> Network, double Error, double ErrorBefore, IReadOnlyList<LeastHarmStep> Steps, IReadOnlyList<string> Notes)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;
