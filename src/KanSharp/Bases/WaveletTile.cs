using System.Numerics;

namespace KanSharp.Bases;

/// <summary>Rows × outputs of one input of a wavelet layer, by address.</summary>
internal unsafe struct WaveletTile<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Order d of the derivative, 0 to 4.</summary>
    public int Order;

    public int Rows;

    public int Outputs;

    /// <summary>x of the first row; rows are <see cref="PointStride"/> apart.</summary>
    public T* Points;

    /// <summary>m of the first row, or null for 1.</summary>
    public T* Multipliers;

    public nint PointStride;

    /// <summary>τ, v = 1/s and W of the outputs.</summary>
    public T* Translations;

    public T* Inverses;

    public T* Weights;

    /// <summary>y, or its gradient g; rows are <see cref="OutputStride"/> apart.</summary>
    public T* Y;

    public nint OutputStride;

    /// <summary>Backwards, [outputs] each: Σ_n g·m·v^d·ψ⁽ᵈ⁾, Σ_n g·m·v^d·ψ⁽ᵈ⁺¹⁾ and Σ_n g·m·v^d·u·ψ⁽ᵈ⁺¹⁾.</summary>
    public T* ValueSums;

    public T* SlopeSums;

    public T* ArgumentSums;

    /// <summary>Backwards, a register for each row: Σ_o g·W·v^(d+1)·ψ⁽ᵈ⁺¹⁾·m and Σ_o g·W·v^d·ψ⁽ᵈ⁾, lane by lane.</summary>
    public T* PointSums;

    public T* MultiplierSums;
}
