using System.Numerics;
using KanSharp.Training;

namespace KanSharp.Interpretation;

/// <summary>One phase of sparsification.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="Name">"warm-up", "ramp" or "final".</param>
/// <param name="Lambda">Weight of the penalty; 0 for none.</param>
/// <param name="Fit">How training went.</param>
public sealed record SparsificationPhase<T>(string Name, double Lambda, FitResult<T> Fit)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;
