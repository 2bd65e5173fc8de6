using System.Numerics;

namespace KanSharp.Training;

/// <summary>What came out of training on images.</summary>
/// <param name="Model">The best model that was seen.</param>
/// <param name="Training">How training went.</param>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed record ImageFit<T>(ImageModel<T> Model, FitResult<T> Training)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;
