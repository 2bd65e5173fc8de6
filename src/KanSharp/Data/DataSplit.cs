using System.Numerics;

namespace KanSharp.Data;

/// <summary>A data set cut into parts.</summary>
/// <param name="Train">Samples to train on.</param>
/// <param name="Validation">Samples to choose by (early stopping, hyper-parameters); null if none were set aside.</param>
/// <param name="Test">Samples to report on, used for nothing else; null if none were set aside.</param>
public sealed record DataSplit<T>(Dataset<T> Train, Dataset<T>? Validation, Dataset<T>? Test)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;
