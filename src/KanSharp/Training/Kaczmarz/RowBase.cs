using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Training.Kaczmarz;

/// <summary>The base function as one more function of every input.</summary>
/// <typeparam name="T">Scalar.</typeparam>
internal sealed unsafe class RowBase<T>(Activation function, int inputs, SimdWidth width)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _units = new T[inputs];
    private readonly T[] _x = new T[inputs];

    public void Load(ReadOnlySpan<double> units)
    {
        for (int input = 0; input < inputs; input++)
            _units[input] = T.CreateTruncating(units[input]);
    }

    /// <summary>The function and its derivative by the input in its unit.</summary>
    public void Evaluate(T* x, T* values, T* slopes)
    {
        for (int input = 0; input < inputs; input++)
            _x[input] = x[input] * _units[input];
        function.EvaluatePair(0, _x, new Span<T>(values, inputs), new Span<T>(slopes, inputs), width);
        for (int input = 0; input < inputs; input++)
            slopes[input] *= _units[input];
    }
}
