using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Training.Kaczmarz;

/// <summary>Edges that are switched off: they take no part in a step.</summary>
/// <typeparam name="T">Scalar.</typeparam>
internal sealed unsafe class RowMask<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly bool[] _on;
    private readonly Tensor<T> _mask;
    private readonly int _stride;

    public RowMask(Tensor<T> mask, int stride)
    {
        _mask = mask;
        _stride = stride;
        _on = new bool[mask.Shape.Count];
        for (int edge = 0; edge < _on.Length; edge++)
            _on[edge] = mask.Span[edge] != T.Zero;
    }

    /// <summary><see cref="RowLayer{T}.Gram"/> over the edges that are on.</summary>
    public double Gram(RowLayer<T> layer, int left, T* g, int right, T* other)
    {
        double sum = 0;
        for (int o = 0; o < layer.Outputs; o++)
            sum += layer.BiasProduct * double.CreateTruncating(g[o]) * double.CreateTruncating(other[o]);
        for (int input = 0; input < layer.Inputs; input++)
        {
            double dot = 0;
            for (int o = 0; o < layer.Outputs; o++)
            {
                if (_on[input * layer.Outputs + o])
                    dot += double.CreateTruncating(g[o]) * double.CreateTruncating(other[o]);
            }

            if (dot != 0)
                sum += dot * layer.ProductOf(input, left, right);
        }

        return sum;
    }

    /// <summary>Whether the only edge of an input is off.</summary>
    public bool IsOff(int input) => !_on[input];

    /// <summary>Clears the weights of edges that are off in one row.</summary>
    public void Clear(int input, T* row)
    {
        int outputs = _mask.Shape[1];
        for (int o = 0; o < outputs && o < _stride; o++)
        {
            if (!_on[input * outputs + o])
                row[o] = T.Zero;
        }
    }
}
