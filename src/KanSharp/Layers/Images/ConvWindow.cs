using System.Globalization;

namespace KanSharp.Layers.Images;

/// <summary>
/// The window of a convolution: how many places of the input an output sees, and where. One to three axes, for [N, C, L], [N, C, H, W] and [N, C, D, H, W]. A list
/// of one number counts for every axis. An axis of length L gives ⌊(L + 2·padding − dilation·(kernel − 1) − 1) / stride⌋ + 1 outputs, as in PyTorch.
/// </summary>
public sealed class ConvWindow : IEquatable<ConvWindow>
{
    /// <summary>Creates a window.</summary>
    /// <param name="kernel">Places along each axis, 1 to 3 axes: <c>new ConvWindow(3, 3)</c> for images.</param>
    /// <exception cref="ArgumentException">No axis, more than three, or an extent below 1.</exception>
    public ConvWindow(params ReadOnlySpan<int> kernel)
    {
        if (kernel.Length is < 1 or > 3)
            throw new ArgumentException($"A window has 1 to 3 axes, not {kernel.Length}.", nameof(kernel));
        Kernel = Checked(kernel.ToArray(), nameof(Kernel), 1);
        Taps = Kernel.Aggregate(1, (product, extent) => checked(product * extent));
    }

    /// <summary>Places along each axis.</summary>
    public IReadOnlyList<int> Kernel { get; }

    /// <summary>Steps between two outputs; one number or one for each axis. Default 1.</summary>
    public IReadOnlyList<int> Stride { get; init => field = Checked(value, nameof(Stride), 1); } = [1];

    /// <summary>Places added before and after each axis; one number or one for each axis. Default 0.</summary>
    public IReadOnlyList<int> Padding { get; init => field = Checked(value, nameof(Padding), 0); } = [0];

    /// <summary>Steps between two places of the window; one number or one for each axis. Default 1.</summary>
    public IReadOnlyList<int> Dilation { get; init => field = Checked(value, nameof(Dilation), 1); } = [1];

    /// <summary>Number of axes.</summary>
    public int Dimensions => Kernel.Count;

    /// <summary>Places of the window: the product of the kernel's extents.</summary>
    public int Taps { get; }

    /// <summary>A square window for images.</summary>
    /// <param name="kernel">Rows and columns.</param>
    /// <param name="padding">Rows and columns added on every side. Default 0.</param>
    /// <param name="stride">Steps between two outputs. Default 1.</param>
    public static ConvWindow Square(int kernel, int padding = 0, int stride = 1) => new(kernel, kernel) { Padding = [padding], Stride = [stride] };

    /// <summary>Outputs along each axis.</summary>
    /// <param name="input">Extents of the input without batch and channels.</param>
    /// <exception cref="ArgumentException">The number of axes differs, or the window is larger than the padded input.</exception>
    public int[] Outputs(ReadOnlySpan<int> input)
    {
        if (input.Length != Dimensions)
            throw new ArgumentException($"The window has {Dimensions} axes ({Show(Kernel)}); the input has {input.Length} beside batch and channels.", nameof(input));
        var outputs = new int[Dimensions];
        for (int axis = 0; axis < Dimensions; axis++)
        {
            long reach = ((long)Kernel[axis] - 1) * At(Dilation, axis) + 1;
            long padded = input[axis] + 2L * At(Padding, axis);
            if (reach > padded)
                throw new ArgumentException($"The window reaches over {reach} places of axis {axis}, but the padded input has {padded} ({input[axis]} + 2·{At(Padding, axis)}); use a smaller kernel or more padding.", nameof(input));
            outputs[axis] = checked((int)((padded - reach) / At(Stride, axis) + 1));
        }

        return outputs;
    }

    /// <inheritdoc/>
    public bool Equals(ConvWindow? other) =>
        other is not null && Kernel.SequenceEqual(other.Kernel) && Enumerable.Range(0, Dimensions).All(axis =>
            At(Stride, axis) == At(other.Stride, axis) && At(Padding, axis) == At(other.Padding, axis) && At(Dilation, axis) == At(other.Dilation, axis));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ConvWindow);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Dimensions, Taps, Stride[0], Padding[0], Dilation[0]);

    /// <summary>The number of an axis in a list that may hold one for all.</summary>
    internal static int At(IReadOnlyList<int> list, int axis) => list.Count == 1 ? list[0] : list[axis];

    /// <summary>Checks that every list fits the kernel.</summary>
    /// <exception cref="ArgumentException">A list has neither one number nor one for each axis.</exception>
    internal void Validate()
    {
        foreach ((string name, IReadOnlyList<int> list) in new[] { (nameof(Stride), Stride), (nameof(Padding), Padding), (nameof(Dilation), Dilation) })
        {
            if (list.Count != 1 && list.Count != Dimensions)
                throw new ArgumentException($"{name} has {list.Count} numbers; give one, or one for each of the {Dimensions} axes.");
        }
    }

    /// <summary>Extents as a person writes them: 3×3.</summary>
    internal static string Show(IEnumerable<int> extents) => string.Join('×', extents.Select(extent => extent.ToString(CultureInfo.InvariantCulture)));

    private static IReadOnlyList<int> Checked(IReadOnlyList<int> values, string name, int least)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0 || values.Any(value => value < least))
            throw new ArgumentException($"{name} is [{string.Join(", ", values)}]; every number must be at least {least}.");
        return [.. values];
    }
}
