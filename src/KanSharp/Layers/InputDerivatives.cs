using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Numerics;

namespace KanSharp.Layers;

/// <summary>Exact derivatives of a module's outputs with respect to its inputs, row by row.</summary>
public static class InputDerivatives
{
    private const int RowsPerPass = 1024;

    /// <summary>First derivatives ∂y_o/∂x_i of every row.</summary>
    /// <param name="module">A module whose rows do not influence each other.</param>
    /// <param name="inputs">Rows [N, inputs].</param>
    /// <param name="executor">Where to run; the process-wide one if null.</param>
    /// <returns>[N, outputs, inputs].</returns>
    /// <exception cref="ArgumentException">The inputs are no matrix or do not fit the module.</exception>
    public static Tensor<T> Gradient<T>(Module<T> module, Tensor<T> inputs, Executor? executor = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Tape<T> tape = Start(module, inputs, executor);
        Tensor<T>? result = null;
        for (int start = 0; start == 0 || start < inputs.Shape[0]; start += RowsPerPass)
        {
            Var<T> x = Input(tape, inputs, start);
            Var<T> y = module.Forward(x);
            int outputs = y.Shape.Last, features = x.Shape.Last;
            result ??= new Tensor<T>(new Shape(inputs.Shape[0], outputs, features));
            if (inputs.Shape[0] == 0)
                break;
            for (int output = 0; output < outputs; output++)
                Copy(tape, x, y, output, result.Span[((start * outputs + output) * features)..], outputs * features);
        }

        return result!;
    }

    /// <summary>Second derivatives ∂²y_o/∂x_i∂x_k of every row.</summary>
    /// <param name="module">A module whose rows do not influence each other, and that has derivatives along directions (jets).</param>
    /// <param name="inputs">Rows [N, inputs].</param>
    /// <param name="executor">Where to run; the process-wide one if null.</param>
    /// <returns>[N, outputs, inputs, inputs], symmetric in the last two.</returns>
    /// <exception cref="ArgumentException">The inputs are no matrix or do not fit the module.</exception>
    public static Tensor<T> Hessian<T>(Module<T> module, Tensor<T> inputs, Executor? executor = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Tape<T> tape = Start(module, inputs, executor);
        Tensor<T>? result = null;
        int features = inputs.Shape.Last;
        for (int start = 0; start == 0 || start < inputs.Shape[0]; start += RowsPerPass)
        {
            for (int feature = 0; feature < features; feature++)
            {
                Var<T> x = Input(tape, inputs, start);
                Var<T> slope = module.Forward(Jet<T>.Seed(x, feature)).Derivative;
                int outputs = slope.Shape.Last;
                result ??= new Tensor<T>(new Shape(inputs.Shape[0], outputs, features, features));
                if (inputs.Shape[0] == 0)
                    return result;
                for (int output = 0; output < outputs; output++)
                    Copy(tape, x, slope, output, result.Span[(((start * outputs + output) * features + feature) * features)..], outputs * features * features);
            }
        }

        Symmetrize(result!.Span, features);
        return result;
    }

    private static Tape<T> Start<T>(Module<T> module, Tensor<T> inputs, Executor? executor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Shape.Rank != 2)
            throw new ArgumentException($"The inputs have shape {inputs.Shape}; expected rows [N, inputs].", nameof(inputs));

        // gradients flow to the input, but not into parameters
        return new Tape<T>(executor) { ForJacobian = true };
    }

    private static Var<T> Input<T>(Tape<T> tape, Tensor<T> inputs, int start)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int width = inputs.Shape.Last, rows = Math.Min(RowsPerPass, inputs.Shape[0] - start);
        tape.Reset();
        return tape.Input(inputs.Span.Slice(start * width, rows * width), new Shape(rows, width));
    }

    /// <summary>Copies the gradient of one output of every row; rows of the target are <paramref name="stride"/> apart.</summary>
    private static void Copy<T>(Tape<T> tape, Var<T> x, Var<T> y, int output, Span<T> target, int stride)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var cotangent = new T[y.Shape.Count];
        for (int index = output; index < cotangent.Length; index += y.Shape.Last)
            cotangent[index] = T.One;
        tape.Backward(y, cotangent);
        int width = x.Shape.Last;
        for (int row = 0; row < x.Shape.Rows && !x.Gradient.IsEmpty; row++)
            x.Gradient.Slice(row * width, width).CopyTo(target[(row * stride)..]);
    }

    /// <summary>Both orders of differentiation give the same number but for rounding: their mean is taken.</summary>
    private static void Symmetrize<T>(Span<T> matrices, int size)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T half = T.CreateTruncating(0.5);
        for (; !matrices.IsEmpty; matrices = matrices[(size * size)..])
        {
            for (int row = 0; row < size; row++)
            {
                for (int column = 0; column < row; column++)
                    matrices[row * size + column] = matrices[column * size + row] = half * (matrices[row * size + column] + matrices[column * size + row]);
            }
        }
    }
}
