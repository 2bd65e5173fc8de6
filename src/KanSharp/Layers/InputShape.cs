using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Layers;

/// <summary>The check that every layer makes of its input.</summary>
internal static class InputShape
{
    /// <summary>Throws unless the last axis has the layer's number of features.</summary>
    public static void Check<T>(string layer, Var<T> x, int features)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (x.Shape.Rank == 0 || x.Shape.Last != features)
            throw new ArgumentException($"{layer}: the input has shape {x.Shape}; the layer takes [..., {features}].", nameof(x));
    }

    /// <summary>Throws unless a row has the layer's number of features.</summary>
    public static void Check(string layer, int given, int features)
    {
        if (given != features)
            throw new ArgumentException($"{layer}: the input has {given} features a row; the layer takes {features}.");
    }
}
