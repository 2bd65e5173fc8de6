namespace KanSharp.Data;

/// <summary>Writes a file so that a reader sees the old content or the whole new one, also when the process dies in between.</summary>
public static class AtomicFile
{
    private static readonly string[] DeviceRoots = ["/dev/", "/proc/", @"\\.\"];

    /// <summary>
    /// Writes to a temporary neighbour, flushes it to the disk and renames it over <paramref name="path"/>. A symbolic link is followed. A
    /// device or a pipe is written to as it is: renaming would put a file in its place.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the content, once, from the beginning to the end.</param>
    /// <exception cref="IOException">The file can not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file can not be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        string full = Path.GetFullPath(path);
        if (!IsDevice(full) && new FileInfo(full).LinkTarget is not null)
            full = File.ResolveLinkTarget(full, returnFinalTarget: true)!.FullName;
        if (File.Exists(full))
        {
            using var present = new FileStream(full, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            if (IsDevice(full) || !present.CanSeek)
            {
                write(present);
                return;
            }
        }

        Replace(full, write);
    }

    /// <summary>Whether a full path names a device of the operating system.</summary>
    internal static bool IsDevice(string full) => DeviceRoots.Any(root => full.StartsWith(root, StringComparison.Ordinal));

    private static void Replace(string full, Action<Stream> write)
    {
        string temporary = $"{full}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, full, overwrite: true);
        }
        catch
        {
            // The first failure is what the caller needs to see; a leftover that can not be deleted is harmless
            try
            {
                File.Delete(temporary);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
            }

            throw;
        }
    }
}
