using System.Numerics;
using KanSharp.Data;

namespace KanSharp.Training;

/// <summary>One round of cross-validation.</summary>
/// <param name="Index">Number of the round, from 0.</param>
/// <param name="Train">Samples to fit on, and to choose everything by.</param>
/// <param name="HeldOut">Samples to score on, used for nothing else.</param>
/// <param name="Seed">Seed for this round's initial values and sample order.</param>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed record CrossValidationFold<T>(int Index, Dataset<T> Train, Dataset<T> HeldOut, ulong Seed)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;
