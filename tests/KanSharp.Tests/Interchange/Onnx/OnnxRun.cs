using System.Numerics;
using KanSharp.Interchange.Lowering;
using KanSharp.Interchange.Onnx;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace KanSharp.Tests.Interchange.Onnx;

/// <summary>Runs ONNX files in ONNX Runtime on the processor, with its default optimisation.</summary>
internal static class OnnxRun
{
    /// <summary>The file of a lowered model.</summary>
    public static byte[] File(LoweredModel model, OnnxPrecision precision)
    {
        using var stream = new MemoryStream();
        OnnxWriter.Write(OnnxWriter.Model(model, new OnnxOptions { Precision = precision }), stream);
        return stream.ToArray();
    }

    /// <summary>The first output of a file for rows of inputs.</summary>
    /// <param name="file">The file.</param>
    /// <param name="x">Row-major inputs; converted to the precision of the file.</param>
    /// <param name="columns">Columns of a row.</param>
    public static double[] First(byte[] file, double[] x, int columns)
    {
        using InferenceSession session = Session(file);
        return session.InputMetadata["input"].ElementType == typeof(float) ? First<float>(session, x, [x.Length / columns, columns]) : First<double>(session, x, [x.Length / columns, columns]);
    }

    /// <summary>The first output of a file for images.</summary>
    public static double[] Images(byte[] file, double[] x, int channels, int height, int width)
    {
        using InferenceSession session = Session(file);
        ReadOnlySpan<int> sizes = [x.Length / (channels * height * width), channels, height, width];
        return session.InputMetadata["input"].ElementType == typeof(float) ? First<float>(session, x, sizes) : First<double>(session, x, sizes);
    }

    /// <summary>The labels that a file gives for rows of inputs.</summary>
    public static long[] Labels(byte[] file, double[] x, int columns)
    {
        using InferenceSession session = Session(file);
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = session.InputMetadata["input"].ElementType == typeof(float)
            ? session.Run([Input<float>(x, [x.Length / columns, columns])], ["label"])
            : session.Run([Input<double>(x, [x.Length / columns, columns])], ["label"]);
        return [.. results[0].AsEnumerable<long>()];
    }

    public static InferenceSession Session(byte[] file)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        return new InferenceSession(file, options);
    }

    private static double[] First<T>(InferenceSession session, double[] x, ReadOnlySpan<int> sizes)
        where T : unmanaged, INumber<T>
    {
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = session.Run([Input<T>(x, sizes)]);
        return [.. results[0].AsEnumerable<T>().Select(value => double.CreateTruncating(value))];
    }

    private static NamedOnnxValue Input<T>(double[] x, ReadOnlySpan<int> sizes)
        where T : unmanaged, INumber<T> =>
        NamedOnnxValue.CreateFromTensor("input", new DenseTensor<T>(Array.ConvertAll(x, T.CreateTruncating), sizes));
}
