using System.Globalization;
using System.Numerics;
using Google.Protobuf;
using KanSharp.Interchange.Lowering;
using KanSharp.Interchange.Onnx.Messages;
using KanSharp.Networks.Images;
using KanSharp.Training;

namespace KanSharp.Interchange.Onnx;

/// <summary>From the steps of a model to the messages of an ONNX file.</summary>
internal static class OnnxWriter
{
    /// <summary>The version of the file format: that of ONNX 1.12, which every runtime of today reads.</summary>
    public const int IrVersion = 8;

    /// <summary>The version of the operators.</summary>
    public const int Opset = 17;

    /// <summary>The first axis of inputs and outputs.</summary>
    public const string Rows = "N";

    /// <summary>The largest message of Protocol Buffers.</summary>
    private const long MostBytes = int.MaxValue;

    /// <summary>The file of a model.</summary>
    /// <exception cref="NotSupportedException">A part of the model has no form in ONNX, or the file would be larger than 2 GiB.</exception>
    public static ModelProto Model(LoweredModel model, OnnxOptions options)
    {
        var graph = new OnnxGraph(IsSingle(options, model.IsSingle));
        OnnxValue value = Input(graph, model.Inputs);
        for (int index = 0; index < model.Steps.Count; index++)
        {
            graph.Scope = string.Create(CultureInfo.InvariantCulture, $"step{index}");
            value = OnnxSteps.Of(model.Steps[index], value);
        }

        Outputs(graph, value, model.Outputs, model.IsClassifier);
        return Complete(graph, OnnxMetadata.Of(model));
    }

    /// <summary>The file of an image model.</summary>
    /// <exception cref="NotSupportedException">A layer has no form in ONNX, or the file would be larger than 2 GiB.</exception>
    public static ModelProto Model<T>(ImageModel<T> model, OnnxOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        var graph = new OnnxGraph(IsSingle(options, typeof(T) == typeof(float)));
        ImageShape shape = model.Network.Shape;
        OnnxValue value = OnnxImages<T>.Probabilities(model, Input(graph, shape.Channels, shape.Height, shape.Width));
        Outputs(graph, value, shape.Classes, isClassifier: true);
        return Complete(graph, OnnxMetadata.OfImages(model.ClassNames, model.Notes));
    }

    /// <summary>Writes a file, large constants without a copy.</summary>
    public static void Write(ModelProto file, Stream stream)
    {
        using var output = new CodedOutputStream(stream, bufferSize: 1 << 16, leaveOpen: true);
        file.WriteTo(output);
    }

    private static bool IsSingle(OnnxOptions options, bool ofModel)
    {
        if (!Enum.IsDefined(options.Precision))
            throw new ArgumentException($"Precision is {options.Precision}; allowed are {string.Join(", ", Enum.GetNames<OnnxPrecision>())}.", nameof(options));
        return options.Precision == OnnxPrecision.Single || (options.Precision == OnnxPrecision.Model && ofModel);
    }

    private static OnnxValue Input(OnnxGraph graph, params ReadOnlySpan<int> sizes)
    {
        graph.Proto.Input.Add(Described("input", graph.NumberType, sizes));
        return new OnnxValue(graph, "input");
    }

    private static void Outputs(OnnxGraph graph, OnnxValue value, int count, bool isClassifier)
    {
        graph.Scope = "";
        string name = isClassifier ? "probabilities" : "output";
        Rename(graph, value, name);
        graph.Proto.Output.Add(Described(name, graph.NumberType, count));
        if (!isClassifier)
            return;
        OnnxValue label = graph.Node("ArgMax", [OnnxGraph.Attribute("axis", 1L), OnnxGraph.Attribute("keepdims", 0L)], new OnnxValue(graph, name));
        Rename(graph, label, "label");
        graph.Proto.Output.Add(Described("label", TensorProto.Types.DataType.Int64));
    }

    private static ModelProto Complete(OnnxGraph graph, IEnumerable<(string Key, string Text)> metadata)
    {
        if (graph.ConstantBytes > MostBytes - (1 << 24))
            throw new NotSupportedException($"The model has {graph.ConstantBytes} bytes of numbers; an ONNX file has at most 2 GiB. Write it in single precision, or make it smaller.");
        var file = new ModelProto
        {
            IrVersion = IrVersion,
            ProducerName = "KanSharp",
            ProducerVersion = typeof(OnnxWriter).Assembly.GetName().Version?.ToString(3) ?? "",
            Graph = graph.Proto,
        };
        file.OpsetImport.Add(new OperatorSetIdProto { Version = Opset });
        foreach ((string key, string text) in metadata)
            file.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = text });
        return file;
    }

    /// <summary>Gives a result the name of an output; one that is not the last node's is copied.</summary>
    private static void Rename(OnnxGraph graph, OnnxValue value, string name)
    {
        if (graph.Proto.Node.Count == 0 || graph.Proto.Node[^1].Output[0] != value.Name)
            graph.Node("Identity", value);
        graph.Proto.Node[^1].Output[0] = name;
    }

    private static ValueInfoProto Described(string name, TensorProto.Types.DataType type, params ReadOnlySpan<int> sizes)
    {
        var shape = new TensorShapeProto();
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = Rows });
        foreach (int size in sizes)
            shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = size });
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = shape } } };
    }
}
