using System.Numerics;
using KanSharp.Networks;

namespace KanSharp.Interpretation;

/// <summary>A network of another structure, and what was changed.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="Network">The new network; the one that was given is unchanged.</param>
/// <param name="ShapeBefore">Shape before, as text: 2,[4,1],1.</param>
/// <param name="ShapeAfter">Shape after.</param>
/// <param name="Changes">What was changed, in words, one change a line.</param>
public sealed record EditResult<T>(KanNetwork<T> Network, string ShapeBefore, string ShapeAfter, IReadOnlyList<string> Changes)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;
