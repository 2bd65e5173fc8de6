using System.Formats.Tar;

namespace KanSharp.Data.Images;

/// <summary>The binary version of CIFAR-10: records of a label byte and 3×32×32 bytes, red plane first.</summary>
internal static class Cifar10
{
    private const int Channels = 3, Side = 32, ImageBytes = Channels * Side * Side, RecordBytes = 1 + ImageBytes;
    private const int MostFileBytes = 1 << 28;
    private const string Inner = "cifar-10-batches-bin";

    public static IReadOnlyList<string> ClassNames { get; } = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    public static ImageSet Read(string path, bool train)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string[] wanted = train ? [.. Enumerable.Range(1, 5).Select(batch => $"data_batch_{batch}.bin")] : ["test_batch.bin"];
        return Join(wanted, Directory.Exists(path) ? FromFolder(path, wanted) : FromArchive(path, wanted));
    }

    private static byte[][] FromFolder(string folder, string[] wanted)
    {
        if (!File.Exists(Path.Combine(folder, wanted[0])) && Directory.Exists(Path.Combine(folder, Inner)))
            folder = Path.Combine(folder, Inner);
        return [.. wanted.Select(name => File.Exists(Path.Combine(folder, name))
            ? InputFile.ReadAllBytes(Path.Combine(folder, name))
            : throw new FileNotFoundException($"'{folder}' has no file {name}; CIFAR-10 in the binary version has data_batch_1.bin to data_batch_5.bin and test_batch.bin.", Path.Combine(folder, name)))];
    }

    private static byte[][] FromArchive(string path, string[] wanted)
    {
        var found = new byte[wanted.Length][];
        string file = Path.GetFileName(path);
        try
        {
            using Stream stream = InputFile.Open(path);
            using var archive = new TarReader(stream);
            while (archive.GetNextEntry() is { } entry)
            {
                int index = Array.IndexOf(wanted, entry.Name.Split('/')[^1]);
                if (index < 0 || entry.DataStream is null)
                    continue;
                if (entry.Length > MostFileBytes)
                    throw new DataFormatException($"'{entry.Name}' has {entry.Length} bytes; a batch of CIFAR-10 has {10_000 * RecordBytes}", file);
                found[index] = InputFile.ReadToEnd(entry.DataStream, file);
            }
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException and not DataFormatException or ArgumentException or NotSupportedException)
        {
            throw new DataFormatException($"the archive is damaged or cut off ({e.Message})", file, inner: e);
        }

        int missing = Array.IndexOf(found, null);
        return missing < 0 ? found : throw new DataFormatException($"the archive has no file {wanted[missing]}; cifar-10-binary.tar.gz was expected", file);
    }

    private static ImageSet Join(string[] names, byte[][] files)
    {
        for (int i = 0; i < files.Length; i++)
        {
            if (files[i].Length == 0 || files[i].Length % RecordBytes != 0)
                throw new DataFormatException($"{files[i].Length} bytes; a multiple of {RecordBytes} (a label and 3×32×32 pixels) was expected", names[i]);
        }

        int count = files.Sum(file => file.Length / RecordBytes), next = 0;
        var pixels = new byte[count * ImageBytes];
        var labels = new int[count];
        for (int i = 0; i < files.Length; i++)
        {
            for (int start = 0; start < files[i].Length; start += RecordBytes, next++)
            {
                labels[next] = files[i][start] < ClassNames.Count
                    ? files[i][start]
                    : throw new DataFormatException($"record {start / RecordBytes} has label {files[i][start]}; 0 to 9 were expected", names[i]);
                files[i].AsSpan(start + 1, ImageBytes).CopyTo(pixels.AsSpan(next * ImageBytes));
            }
        }

        return new ImageSet(pixels, Channels, Side, Side, labels, ClassNames, "cifar-10");
    }
}
