using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Training;

/// <summary>A first-order update of one register of parameters; the struct holds the coefficients of the current step.</summary>
internal interface IUpdateRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Running arrays per parameter, 0 to 2.</summary>
    static abstract int Moments { get; }

    /// <summary>Moves <paramref name="parameter"/> and its running values by one gradient.</summary>
    void Apply<TSimd>(ref TSimd parameter, TSimd gradient, ref TSimd first, ref TSimd second)
        where TSimd : unmanaged, ISimd<TSimd, T>;
}
