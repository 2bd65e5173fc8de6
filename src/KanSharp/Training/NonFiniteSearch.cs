using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;

namespace KanSharp.Training;

/// <summary>Says where a non-finite loss came from.</summary>
internal static class NonFiniteSearch
{
    /// <summary>The first of inputs, parameters and outputs that is not finite, in words.</summary>
    public static string Describe<T>(Module<T> module, BatchReader<T> reader, ReadOnlySpan<int> rows, Var<T> output)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (int row in rows)
        {
            int element = FirstNonFinite<T>(reader.Input(row));
            if (element >= 0)
                return $"input {element} of sample {row} is not finite";
        }

        foreach ((string path, Parameter<T> parameter) in module.Parameters())
        {
            int element = FirstNonFinite(parameter.Value.Span);
            if (element >= 0)
                return $"element {element} of parameter '{path}' is not finite";
        }

        int outputs = output.Shape.Count / rows.Length;
        int position = FirstNonFinite(output.Values);
        return position >= 0
            ? $"output {position % outputs} for sample {rows[position / outputs]} is not finite although all inputs and parameters are"
            : "loss or penalty is not finite although all outputs are";
    }

    private static int FirstNonFinite<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int index = 0; index < values.Length; index++)
        {
            if (!T.IsFinite(values[index]))
                return index;
        }

        return -1;
    }
}
